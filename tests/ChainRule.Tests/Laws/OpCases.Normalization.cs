namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Normalizations =>
    [
        OpCase.Of<StandardizeOp>(
            On([2, 4], x => x.Standardize(1), x => Standardized(x, [1])),
            On([3, 2], x => x.Standardize(epsilon: 0.1), x => Standardized(x, [0, 1], 0.1)),
            On([3, 2], x => x.Standardize(0), x => Standardized(x, [0])),
            On([0, 3], x => x.Standardize(0), x => x),
            On([3, 0], x => x.Standardize(1), x => x)) with { Large = [[300, 700]] },
        OpCase.Of<StandardizeSlopeOp>(
            new Variant(x => new StandardizeSlopeOp(1e-5).Apply(x[0], x[1]), x => StandardizedSlope(x[0], x[1], 1e-5), Operand.Of([2, 4]), Operand.Of([2, 4])),
            new Variant(x => new StandardizeSlopeOp(0.1).Apply(x[0], x[1]), x => StandardizedSlope(x[0], x[1], 0.1), Operand.Of([1, 3]), Operand.Of([1, 3]))),
        new("LayerNorm", null,
            new Variant(x => x[0].LayerNorm([3], x[1], x[2]), x => Scaled(Standardized(x[0], [1]), x[1], x[2]), Operand.Of([2, 3]), Operand.Of([3]), Operand.Of([3])),
            On([2, 2, 2], x => x.LayerNorm([2, 2]), x => Standardized(x, [1, 2])),
            On([2, 1], x => x.LayerNorm([1]), x => x.Map(_ => 0)),
            On([0, 3], x => x.LayerNorm([3]), x => x)),
        new("GroupNorm", null,
            new Variant(x => x[0].GroupNorm(2, x[1], x[2]), x => Scaled(Grouped(x[0], 2), PerChannel(x[1], 1), PerChannel(x[2], 1)), Operand.Of([1, 4, 2]), Operand.Of([4]), Operand.Of([4])),
            On([2, 4], x => x.GroupNorm(1), x => Grouped(x, 1)),
            On([0, 2, 2], x => x.GroupNorm(1), x => x)),
        new("InstanceNorm", null,
            new Variant(x => x[0].InstanceNorm(x[1], x[2]), x => Scaled(Standardized(x[0], [2, 3]), PerChannel(x[1], 2), PerChannel(x[2], 2)), Operand.Of([1, 2, 2, 2]), Operand.Of([2]), Operand.Of([2])),
            On([0, 2, 3], x => x.InstanceNorm(), x => x)),
        new("BatchNorm", null,
            new Variant(x => x[0].BatchNorm(x[1], x[2]), x => Scaled(Standardized(x[0], [0, 2]), PerChannel(x[1], 1), PerChannel(x[2], 1)), Operand.Of([2, 2, 2]), Operand.Of([2]), Operand.Of([2])),
            On([3, 2], x => x.BatchNorm(epsilon: 0.01), x => Standardized(x, [0], 0.01)),
            new Variant(
                x => x[0].BatchNormWith(x[1], x[2], x[3], x[4], 0.5),
                x => Grid.Of([2, 2, 2], i => (x[0][i] - x[1][i[1]]) / Math.Sqrt(x[2][i[1]] + 0.5) * x[3][i[1]] + x[4][i[1]]),
                Operand.Of([2, 2, 2], 0.2, 2), Operand.Of([2], 0.2, 2), Operand.Of([2], 0.2, 2), Operand.Of([2], 0.2, 2), Operand.Of([2], 0.2, 2)),
            On([2, 0], x => x.BatchNorm(), x => x)),
        new("RmsNorm", null,
            new Variant(x => x[0].RmsNorm([3], x[1], 1e-5), x => Scaled(Rooted(x[0], 1, 1e-5), x[1], null), Operand.Of([2, 3]), Operand.Of([3])),
            On([0, 3], x => x.RmsNorm([3]), x => x)),
        new("Embedding", null,
            new Variant(x => x[0].Embedding(x[1]), x => Grid.Of([2, 2, 3], i => x[1][(long)x[0][i[0], i[1]], i[2]]), Operand.Positions([2, 2], 1, 3, 1, 0), Operand.Of([4, 3])),
            new Variant(x => x[0].Embedding(x[1]), _ => Grid.Of([0, 2], _ => 0), Operand.Positions([0]), Operand.Of([2, 2]))),
    ];

    private static Grid Standardized(Grid x, int[] axes, double epsilon = 1e-5)
    {
        Grid mean = x.Reduce(axes, true, Enumerable.Average), variance = x.Reduce(axes, true, v => Variance(v, 0));
        return Grid.Of(x.Sizes, i => (x[i] - mean.Stretched(i)) / Math.Sqrt(variance.Stretched(i) + epsilon));
    }

    // Σ_j c_j ds_j/dx_i, element by element: ds_j/dx_i = (δ_ij - 1/n - s_i s_j/n) / √(variance + ε).
    private static Grid StandardizedSlope(Grid c, Grid x, double epsilon)
    {
        Grid s = Standardized(x, [1], epsilon), variance = x.Reduce([1], true, v => Variance(v, 0));
        long n = x.Sizes[1];
        return Grid.Of(x.Sizes, i => Enumerable.Range(0, (int)n).Sum(j =>
            c[i[0], j] * ((i[1] == j ? 1 : 0) - 1.0 / n - s[i[0], i[1]] * s[i[0], j] / n)) / Math.Sqrt(variance.Stretched(i) + epsilon));
    }

    private static Grid Grouped(Grid x, long groups)
    {
        Grid split = new([x.Sizes[0], groups, x.Values.Length / groups / x.Sizes[0]], x.Values);
        return new(x.Sizes, Standardized(split, [2]).Values);
    }

    private static Grid Rooted(Grid x, int axis, double epsilon)
    {
        Grid square = x.Reduce([axis], true, v => v.Average(value => value * value));
        return Grid.Of(x.Sizes, i => x[i] / Math.Sqrt(square.Stretched(i) + epsilon));
    }

    private static Grid Scaled(Grid y, Grid weight, Grid? bias)
    {
        Grid scaled = Grid.Map(y, weight, (a, b) => a * b);
        return bias is null ? scaled : Grid.Map(scaled, bias, (a, b) => a + b);
    }

    // [channels] as [channels, 1, ..], with so many axes behind.
    private static Grid PerChannel(Grid x, int behind) => new([x.Sizes[0], .. Enumerable.Repeat(1L, behind)], x.Values);
}
