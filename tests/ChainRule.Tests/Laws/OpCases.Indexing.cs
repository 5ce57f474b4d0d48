using static ChainRule.Tests.Laws.OpCase;

namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Indexing => [.. Scans, .. Sorting, .. Moving];

    private static IEnumerable<OpCase> Scans =>
    [
        Of<RecurrenceOp>(
            new(x => RecurrenceOp.Default.Apply(x[0], x[1]), x => Recurrence(x[0], x[1]), Operand.Of([2, 4]), Operand.Of([2, 4])),
            new(x => RecurrenceOp.Default.Apply(x[0], x[1]), x => x[1], Operand.Of([3, 1]), Operand.Of([3, 1])),
            new(x => RecurrenceOp.Default.Apply(x[0], x[1]), x => x[1], Operand.Of([2, 0]), Operand.Of([2, 0]))),
        Of<CumulativeSumOp>(
            On([2, 3, 2], x => x.CumulativeSum(1), x => Scan(x, 1, Enumerable.Sum)),
            On([4], x => x.CumulativeSum(-1), x => Scan(x, 0, Enumerable.Sum)),
            On([2, 3], x => x.CumulativeSum(0), x => Scan(x, 0, Enumerable.Sum)),
            On([], x => x.CumulativeSum(0), x => x),
            On([2, 0], x => x.CumulativeSum(1), x => x)) with { Large = [[30, 80, 90]] },
        new("CumulativeProd", null,
            On([2, 3, 2], x => x.CumulativeProd(1), x => Scan(x, 1, Product)),
            On([4], x => x.CumulativeProd(-1), x => Scan(x, 0, Product)),
            On([2, 1], x => x.CumulativeProd(1), x => x),
            On([], x => x.CumulativeProd(-1), x => x),
            On([2, 0], x => x.CumulativeProd(1), x => x)),
        Of<ProdOp>(
            On([2, 3], x => x.Prod(), x => x.Reduce([0, 1], false, Product)),
            On([2, 3, 2], x => x.Prod([0, -1], keepDims: true), x => x.Reduce([0, 2], true, Product)),
            On([3, 2], x => x.Prod(0), x => x.Reduce([0], false, Product)),
            On([], x => x.Prod(), x => x),
            On([2, 0], x => x.Prod(1), _ => Grid.Of([2], _ => 1)),
            On([0, 2], x => x.Prod(1), _ => Grid.Of([0], _ => 0))),
        Of<NormOp>(
            On([2, 3], x => x.Norm(), x => x.Reduce([0, 1], false, v => PNorm(v, 2))),
            On([2, 3, 2], x => x.Norm(2, [0, -1], keepDims: true), x => x.Reduce([0, 2], true, v => PNorm(v, 2))),
            On([2, 3], x => x.Norm(3, 1), x => x.Reduce([1], false, v => PNorm(v, 3))),
            On([2, 2], x => x.Norm(1.5, 0), x => x.Reduce([0], false, v => PNorm(v, 1.5))),
            AwayFrom0([], x => x.Norm(), x => x.Map(Math.Abs)),
            On([2, 0], x => x.Norm(2, 1), _ => Grid.Of([2], _ => 0)),
            AwayFrom0([2, 3], x => x.Norm(1, 1), x => x.Reduce([1], false, v => PNorm(v, 1))),
            new(x => x[0].Norm(double.PositiveInfinity, 0), x => x[0].Reduce([0], false, v => v.Max(Math.Abs)), Operand.Of([2, 3], 0.5, 3)),
            new(x => x[0].Norm(double.NegativeInfinity, 1, keepDims: true), x => x[0].Reduce([1], true, v => v.Min(Math.Abs)), Operand.Of([2, 3], 0.5, 3)),
            AwayFrom0([2, 2], x => x.Norm(0.5), x => x.Reduce([0, 1], false, v => PNorm(v, 0.5)))) with { Large = [[300, 700]] },
    ];

    private static IEnumerable<OpCase> Sorting =>
    [
        Zero<ArgsortOp>(
            On([2, 4], x => x.Argsort(), x => Ranked(x, 1, false, position: true)),
            On([3, 2], x => x.Argsort(0, descending: true), x => Ranked(x, 0, true, position: true)),
            On([37], x => x.Argsort(), x => Ranked(x, 0, false, position: true)),
            On([], x => x.Argsort(), x => x.Map(_ => 0)),
            On([2, 0], x => x.Argsort(), x => x)),
        new("Sort", null,
            On([2, 4], x => x.Sort().Values, x => Ranked(x, 1, false, position: false)),
            On([3, 2], x => x.Sort(0, descending: true).Values, x => Ranked(x, 0, true, position: false)),
            On([2, 4], x => x.TopK(2).Values, x => Grid.Of([2, 2], i => Ranked(x, 1, true, position: false)[i])),
            On([4, 2], x => x.TopK(3, 0, largest: false).Values, x => Grid.Of([3, 2], i => Ranked(x, 0, false, position: false)[i])),
            On([2, 4], x => x.Kthvalue(3).Value, x => x.Reduce([1], false, v => v.Order().ElementAt(2))),
            On([3, 2], x => x.Kthvalue(1, 0, keepDims: true).Value, x => x.Reduce([0], true, Enumerable.Min)),
            On([], x => x.Sort().Values, x => x),
            On([2, 0], x => x.Sort().Values, x => x),
            On([2, 3], x => x.TopK(0).Values, _ => Grid.Of([2, 0], _ => 0))),
    ];

    private static IEnumerable<OpCase> Moving =>
    [
        new("Roll", null,
            On([2, 3], x => x.Roll(1, -1), x => Grid.Of([2, 3], i => x[i[0], (i[1] + 2) % 3])),
            On([2, 3], x => x.Roll(-5), x => new([2, 3], [.. Enumerable.Range(0, 6).Select(i => x.Values[(i + 5) % 6])])),
            On([3, 1, 4], x => x.Roll([1, -1], [0, 2]), x => Grid.Of([3, 1, 4], i => x[(i[0] + 2) % 3, 0, (i[2] + 1) % 4])),
            On([], x => x.Roll(3), x => x),
            On([0, 2], x => x.Roll(1, 0), x => x)),
        new("Tile", null,
            On([2, 3], x => x.Tile(2, 2), x => Grid.Of([4, 6], i => x[i[0] % 2, i[1] % 3])),
            On([2, 1], x => x.Tile(3), x => Grid.Of([2, 3], i => x[i[0], 0])),
            On([2], x => x.Repeat(3, 1, 2), x => Grid.Of([3, 1, 4], i => x[i[2] % 2])),
            On([], x => x.Tile(2), x => Grid.Of([2], _ => x[[]])),
            On([2, 3], x => x.Tile(0, 1), _ => Grid.Of([0, 3], _ => 0))),
        Of<DiagonalOp>(
            On([3, 4], x => x.Diagonal(), x => Grid.Of([3], i => x[i[0], i[0]])),
            On([3, 2, 4], x => x.Diagonal(-1, 0, 2), x => Grid.Of([2, 2], i => x[i[1] + 1, i[0], i[1]])),
            On([2, 3, 4], x => x.Diagonal(2, -1, 1), x => Grid.Of([2, 1], i => x[i[0], 2, 0])),
            On([2, 2, 2], x => x.Trace(), x => Grid.Of([2], i => x[i[0], 0, 0] + x[i[0], 1, 1])),
            On([3, 3], x => x.Diagonal(3), _ => Grid.Of([0], _ => 0)),
            On([0, 3], x => x.Diagonal(), _ => Grid.Of([0], _ => 0))),
        Of<DiagonalEmbedOp>(
            On([2, 3], x => x.DiagonalEmbed(), x => Grid.Of([2, 3, 3], i => i[1] == i[2] ? x[i[0], i[1]] : 0)),
            On([2], x => x.DiagonalEmbed(1), x => Grid.Of([3, 3], i => i[1] == i[0] + 1 ? x[i[0]] : 0)),
            On([2, 2], x => x.DiagonalEmbed(-1, 0, 2), x => Grid.Of([3, 2, 3], i => i[0] == i[2] + 1 ? x[i[1], i[2]] : 0)),
            On([0], x => x.DiagonalEmbed(), _ => Grid.Of([0, 0], _ => 0))),
        new("Triangle", null,
            On([3, 4], x => x.Tril(1), x => Grid.Of([3, 4], i => i[1] - i[0] <= 1 ? x[i] : 0)),
            On([2, 4, 3], x => x.Triu(-1), x => Grid.Of([2, 4, 3], i => i[2] - i[1] >= -1 ? x[i] : 0)),
            On([2, 2], x => x.Tril(-7), x => x.Map(_ => 0)),
            On([0, 2], x => x.Triu(), x => x)),
        new("MaskedFill", null,
            new Variant(x => x[0].MaskedFill(x[1], -2), x => Grid.Of([2, 3], i => x[1].Stretched(i) != 0 ? -2 : x[0][i]), Operand.Of([2, 3]), Operand.Truth([3], true, false, true)),
            new Variant(x => x[0].MaskedFill(x[1], x[2]), x => Grid.Of([2, 2], i => x[1][i] != 0 ? x[2][[]] : x[0][i]), Operand.Of([2, 2]), Operand.Truth([2, 2], true, false, true, false), Operand.Of([])),
            new Variant(x => x[0].MaskedFill(x[1], 1), x => x[0], Operand.Of([0]), Operand.Truth([0]))),
        Of<SlidingWindowsOp>(
            On([2, 5], x => x.SlidingWindows(1, 3), x => Grid.Of([2, 3, 3], i => x[i[0], i[1] + i[2]])),
            On([7, 2], x => x.SlidingWindows(0, 2, 3), x => Grid.Of([2, 2, 2], i => x[3 * i[0] + i[2], i[1]])),
            On([3, 0], x => x.SlidingWindows(0, 2), _ => Grid.Of([2, 0, 2], _ => 0))),
    ];

    private static double Product(double[] values) => values.Aggregate(1.0, (product, value) => product * value);

    private static double PNorm(double[] values, double p) => Math.Pow(values.Sum(value => Math.Pow(Math.Abs(value), p)), 1 / p);

    // |x| has a kink at 0.
    private static Variant AwayFrom0(Shape shape, Func<Tensor, Tensor> function, Func<Grid, Grid> reference) =>
        new(x => function(x[0]), x => reference(x[0]), Operand.Of(shape) with { Avoids = [0] });

    /// <summary>A function of the elements along an axis up to each place.</summary>
    private static Grid Scan(Grid x, int axis, Func<double[], double> value) =>
        Grid.Of(x.Sizes, place => value([.. Enumerable.Range(0, (int)place[axis] + 1).Select(i => x[Grid.With(place, axis, i)])]));

    private static Grid Recurrence(Grid a, Grid b)
    {
        double At(long row, long i) => i == 0 ? b[row, 0] : a[row, i] * At(row, i - 1) + b[row, i];
        return Grid.Of(b.Sizes, place => At(place[0], place[1]));
    }

    /// <summary>The elements along an axis in order, or the places they came from.</summary>
    private static Grid Ranked(Grid x, int axis, bool descending, bool position) => Grid.Of(x.Sizes, place =>
    {
        var all = Enumerable.Range(0, (int)x.Sizes[axis]).Select(i => (Value: x[Grid.With(place, axis, i)], Place: (double)i));
        var (value, from) = (descending ? all.OrderByDescending(v => v.Value) : all.OrderBy(v => v.Value)).ElementAt((int)place[axis]);
        return position ? from : value;
    });
}
