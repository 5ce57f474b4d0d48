using static ChainRule.Tests.Laws.OpCase;
using static ChainRule.Tests.Laws.SpecialFunctions;

namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Choosing => [.. Statistics, .. Scattering, .. Questions, .. Repeating];

    private static IEnumerable<OpCase> Statistics =>
    [
        Of<OrderStatisticOp>(
            On([2, 4], x => new OrderStatisticOp(2, 1).Apply(x), x => x.Reduce([1], false, v => v.Order().ElementAt(1))),
            On([3, 2, 2], x => new OrderStatisticOp(5, 4).Apply(x), x => x.Reduce([0, 2], false, v => v.Order().ElementAt(4))),
            On([0, 2], x => new OrderStatisticOp(2, 0).Apply(x), _ => Grid.Of([0], _ => 0))),
        new("Quantile", null,
            On([5], x => x.Median(), x => x.Reduce([0], false, v => v.Order().ElementAt(2))),
            On([2, 4], x => x.Median(1, keepDims: true), x => x.Reduce([1], true, v => (v.Order().ElementAt(1) + v.Order().ElementAt(2)) / 2)),
            On([2, 4], x => x.Quantile(0.4, 1), x => x.Reduce([1], false, v => (0.8 * v.Order().ElementAt(1)) + (0.2 * v.Order().ElementAt(2)))),
            On([4, 2], x => x.Quantile(0.4, 0, rule: QuantileRule.Lower), x => x.Reduce([0], false, v => v.Order().ElementAt(1))),
            On([4], x => x.Quantile(0.4, rule: QuantileRule.Higher), x => x.Reduce([0], false, v => v.Order().ElementAt(2))),
            On([4], x => x.Quantile(0.6, rule: QuantileRule.Nearest), x => x.Reduce([0], false, v => v.Order().ElementAt(2))),
            On([4], x => x.Quantile(0.6, rule: QuantileRule.Midpoint), x => x.Reduce([0], false, v => (v.Order().ElementAt(1) + v.Order().ElementAt(2)) / 2)),
            On([], x => x.Median(), x => x)),
        Of<ModeOp>(
            On([2, 3], x => x.Mode(1), x => x.Reduce([1], false, Enumerable.Min)),
            On([], x => x.Mode(), x => x)),
        Zero<CumulativeExtremumOp>(
            On([2, 4], x => x.CumulativeMax(1).Positions, x => Scan(x, 1, v => Array.IndexOf(v, v.Max()))),
            On([4, 2], x => x.CumulativeMin(0).Positions, x => Scan(x, 0, v => Array.IndexOf(v, v.Min()))),
            On([], x => x.CumulativeMax(0).Positions, x => x.Map(_ => 0)),
            On([2, 0], x => x.CumulativeMin(1).Positions, x => x)),
        new("CumulativeLogSumExp", null,
            On([2, 4], x => x.CumulativeLogSumExp(1), x => Scan(x, 1, LogSumExp)),
            On([3, 2], x => x.CumulativeLogSumExp(0), x => Scan(x, 0, LogSumExp)),
            On([], x => x.CumulativeLogSumExp(0), x => x),
            On([2, 0], x => x.CumulativeLogSumExp(1), x => x)),
        new("NanSum", null,
            On([2, 3], x => x.NanSum(1), x => x.Reduce([1], false, Enumerable.Sum)),
            On([2, 3], x => x.NanMean(0, keepDims: true), x => x.Reduce([0], true, Enumerable.Average)),
            On([0], x => x.NanSum(), _ => Grid.Of([], _ => 0))),
    ];

    private static IEnumerable<OpCase> Scattering =>
    [
        Zero<LastWriterOp>(
            new(x => new LastWriterOp(1, 3).Apply(x[0]), x => LastWriter(x[0], 3), Operand.Positions([2, 4], 2, 0, 2, -3, 1, 1, -2, 1)),
            new(x => new LastWriterOp(1, 2).Apply(x[0]), _ => Grid.Of([3, 2], _ => 0), Operand.Positions([3, 0]))),
        new("Scatter", null,
            new(x => x[0].Scatter(1, x[1], x[2]), x => Scattered(x[0], x[1], x[2]), Operand.Of([2, 3]), Operand.Positions([2, 4], 2, 0, 2, -3, 1, 1, -2, 1), Operand.Of([2, 4])),
            new(x => x[0].Scatter(1, x[1], x[2]), x => Scattered(x[0], x[1], x[2]), Operand.Of([2, 3]), Operand.Positions([1, 2], 0, 2), Operand.Of([2, 5])),
            new(x => x[0].Scatter(0, x[1], x[2]), x => x[0], Operand.Of([2]), Operand.Positions([0]), Operand.Of([3])),
            new(x => x[0].IndexCopy(0, x[1], x[2]), x => Grid.Of([3, 2], i => i[0] == 2 ? x[2][1, i[1]] : i[0] == 0 ? x[2][2, i[1]] : x[0][i]), Operand.Of([3, 2]), Operand.Positions([3], -1, 2, 0), Operand.Of([3, 2]))),
        new("IndexAdd", null,
            new(x => x[0].IndexAdd(1, x[1], x[2]), x => Grid.Map(x[0], AddAt(x[2], x[1], 1, 3), (a, b) => a + b), Operand.Of([2, 3]), Operand.Positions([4], 2, 0, -1, 2), Operand.Of([2, 4])),
            new(x => x[0].IndexAdd(0, x[1], x[2]), x => x[0], Operand.Of([2]), Operand.Positions([0]), Operand.Of([0]))),
        new("IndexPut", null,
            new(x => x[0].IndexPut([x[1], x[2]], x[3]), x => Grid.Of([2, 3], i => (i[0], i[1]) switch { (0, 2) => x[3][0], (1, 1) => x[3][2], _ => x[0][i] }), Operand.Of([2, 3]), Operand.Positions([3], 0, 1, -1), Operand.Positions([3], 2, 1, -2), Operand.Of([3])),
            new(x => x[0].IndexPut([x[1], x[2]], x[3], accumulate: true), x => Grid.Of([2, 3], i => x[0][i] + (i[1] == 2 ? 2 * x[3][[]] : 0)), Operand.Of([2, 3]), Operand.Positions([2, 1], 0, 1), Operand.Positions([2], 2, -1), Operand.Of([])),
            new(x => x[0].IndexPut([x[1]], x[2]), x => Grid.Of([2, 3], i => i[0] == 1 ? x[2][i[1]] : x[0][i]), Operand.Of([2, 3]), Operand.Positions([1], 1), Operand.Of([3]))),
        Of<ScatterExtremumOp>(
            new(x => new ScatterExtremumOp(1, false).Apply(x), x => Reduced(x[0], x[2], x[1], true, Enumerable.Max), Operand.Of([2, 3]), Operand.Of([2, 4]), Operand.Positions([2, 4], 2, 0, 2, 0, 1, 1, 1, 1)),
            new(x => new ScatterExtremumOp(0, true).Apply(x), x => x[0], Operand.Of([2]), Operand.Of([0]), Operand.Positions([0]))),
        new("ScatterReduce", null,
            Scatter(ScatterRule.Sum, true, Enumerable.Sum),
            Scatter(ScatterRule.Mean, true, Enumerable.Average),
            Scatter(ScatterRule.Mean, false, Enumerable.Average),
            Scatter(ScatterRule.Prod, true, Product),
            Scatter(ScatterRule.Prod, false, Product),
            Scatter(ScatterRule.Max, false, Enumerable.Max),
            Scatter(ScatterRule.Min, true, Enumerable.Min),
            new(x => x[0].ScatterReduce(1, x[1], x[2], ScatterRule.Prod), x => x[0], Operand.Of([2, 2]), Operand.Positions([2, 0]), Operand.Of([2, 1])),
            new(x => x[0].ScatterReduce(1, x[1], x[2], ScatterRule.Prod), x => Grid.Of([2, 2], i => i[0] == 0 && i[1] == 1 ? x[0][i] * x[2][0, 0] : x[0][i]), Operand.Of([2, 2]), Operand.Positions([1, 1], 1), Operand.Of([2, 1]))),
    ];

    private static IEnumerable<OpCase> Questions =>
    [
        Zero<AllOp>(Quantor((x, axes, keep) => x.All(axes, keep), Enumerable.All)),
        Zero<AnyOp>(Quantor((x, axes, keep) => x.Any(axes, keep), Enumerable.Any)),
        Zero<SearchSortedOp>(
            new(x => x[0].SearchSorted(x[1]), x => x[1].Map(v => x[0].Values.Count(s => s < v)), Operand.Positions([4], -1, 0, 0, 1), Operand.Of([2, 3])),
            new(x => x[0].SearchSorted(x[1], right: true), x => x[1].Map(v => x[0].Values.Count(s => s <= v)), Operand.Positions([4], -1, 0, 0, 3), Operand.Positions([6], -2, -1, 0, 2, 3, 4)),
            new(x => x[0].SearchSorted(x[1]), x => Grid.Of([2, 2], i => Enumerable.Range(0, 3).Count(j => x[0][i[0], j] < x[1][i])), Operand.Positions([2, 3], 1, 2, 3, 10, 20, 30), Operand.Positions([2, 2], 2, 4, 2, 25)),
            new(x => x[1].Bucketize(x[0]), x => x[1].Map(_ => 0), Operand.Positions([0]), Operand.Of([2]))),
        new("CountNonzero", null,
            new(x => x[0].CountNonzero(), x => x[0].Reduce([0, 1], false, v => v.Count(e => e != 0)), Operand.Positions([2, 3], 0, 1, -1, 0, 0, 2)),
            new(x => x[0].CountNonzero(0, keepDims: true), x => x[0].Reduce([0], true, v => v.Count(e => e != 0)), Operand.Truth([2, 2], true, false, true, true))) { Order = 0 },
        new("IsIn", null,
            new(x => x[0].IsIn(x[1]), x => x[0].Map(v => x[1].Values.Contains(v) ? 1 : 0), Operand.Positions([2, 3], 5, 1, -1, 0, 9, 2), Operand.Positions([2, 2], 9, 1, 1, -1)),
            new(x => x[0].IsIn(x[1]), x => x[0].Map(_ => 0), Operand.Of([3]), Operand.Positions([0]))) { Order = 0 },
        new("Histogram", null,
            new(x => x[0].Histogram(4, -2, 2).Counts, x => Grid.Of([4], i => x[0].Values.Count(v => (long)Math.Floor(v + 2) == i[0])), Operand.Of([2, 5])),
            new(x => x[0].Histogram(2, 0, 4).Counts, _ => Grid.Of([2], i => i[0] == 0 ? 2 : 3), Operand.Positions([7], -1, 0, 1, 2, 3, 4, 5))) { Order = 0 },
        new("Nonzero", null,
            new(x => x[0].Nonzero(), _ => new([3, 2], [0, 1, 1, 0, 1, 2]), Operand.Positions([2, 3], 0, 1, 0, -1, 0, 2)),
            new(x => x[0].Nonzero(), _ => new([0, 1], []), Operand.Truth([2], false, false))) { Order = 0, ReadsValues = true },
        new("Unique", null,
            On([2, 3], x => x.Unique().Values, x => new([6], [.. x.Values.Order()])),
            On([0], x => x.Unique().Values, x => x)) { ReadsValues = true },
        new("MaskedSelect", null,
            new(x => x[0].MaskedSelect(x[1]), x => new([4], [x[0][0, 0], x[0][0, 2], x[0][1, 0], x[0][1, 2]]), Operand.Of([2, 3]), Operand.Truth([3], true, false, true)),
            new(x => x[0].MaskedSelect(x[1]), _ => new([0], []), Operand.Of([2]), Operand.Truth([2], false, false))) { ReadsValues = true },
        new("Bincount", null,
            new(x => x[0].Bincount(x[1], 5), x => Grid.Of([5], i => Enumerable.Range(0, 4).Where(j => x[0].Values[j] == i[0]).Sum(j => x[1].Values[j])), Operand.Positions([2, 2], 3, 1, 1, 0), Operand.Of([2, 2])),
            new(x => x[0].Bincount(x[1]), _ => new([0], []), Operand.Positions([0]), Operand.Of([0]))) { ReadsValues = true },
    ];

    private static IEnumerable<OpCase> Repeating =>
    [
        new("Diff", null,
            On([2, 4], x => x.Diff(), x => Grid.Of([2, 3], i => x[i[0], i[1] + 1] - x[i])),
            On([4, 2], x => x.Diff(2, 0), x => Grid.Of([2, 2], i => x[i[0] + 2, i[1]] - (2 * x[i[0] + 1, i[1]]) + x[i])),
            On([2], x => x.Diff(3), _ => Grid.Of([0], _ => 0))),
        new("Rot90", null,
            On([2, 3], x => x.Rot90(), x => Grid.Of([3, 2], i => x[i[1], 2 - i[0]])),
            On([2, 3], x => x.Rot90(-1), x => Grid.Of([3, 2], i => x[1 - i[1], i[0]])),
            On([2, 3, 1], x => x.Rot90(2, 1, 0), x => Grid.Of([2, 3, 1], i => x[1 - i[0], 2 - i[1], 0])),
            On([0, 2], x => x.Rot90(), _ => Grid.Of([2, 0], _ => 0))),
        new("RepeatInterleave", null,
            On([2, 2], x => x.RepeatInterleave(3, 1), x => Grid.Of([2, 6], i => x[i[0], i[1] / 3])),
            On([2, 2], x => x.RepeatInterleave(2), x => Grid.Of([8], i => x.Values[i[0] / 2])),
            On([2], x => x.RepeatInterleave(0, 0), _ => Grid.Of([0], _ => 0))),
        new("Meshgrid", null,
            new(x => Tensor.Meshgrid(x[0], x[1])[1], x => Grid.Of([2, 3], i => x[1][i[1]]), Operand.Of([2]), Operand.Of([3])),
            new(x => Tensor.CartesianProduct(x), x => Grid.Of([6, 2], i => i[1] == 0 ? x[0][i[0] / 3] : x[1][i[0] % 3]), Operand.Of([2]), Operand.Of([3])),
            new(x => Tensor.Meshgrid(x)[0], _ => Grid.Of([0, 1], _ => 0), Operand.Of([0]), Operand.Of([]))),
        new("LazyWhere", null,
            On([2, 3], x => Tensor.Where(x > 0, x, v => v.Sqrt(), v => v.Square()), x => x.Map(v => v > 0 ? Math.Sqrt(v) : v * v)) with { Operands = [Operand.Of([2, 3]) with { Avoids = [0] }] },
            new(x => Tensor.Where(x[0], x[1], v => v.Exp(), v => 2 * v), x => Grid.Of([2, 2], i => x[0][i] != 0 ? Math.Exp(x[1].Stretched(i)) : 2 * x[1].Stretched(i)), Operand.Truth([2, 2], true, false, false, true), Operand.Of([2])),
            new(x => Tensor.Where(x[0], x[1], v => v.Exp(), v => v), x => x[1], Operand.Truth([0]), Operand.Of([0]))),
    ];

    private static Variant[] Quantor(Func<Tensor, Axes?, bool, Tensor> function, Func<double[], Func<double, bool>, bool> question) =>
    [
        new(x => function(x[0], 1, false), x => x[0].Reduce([1], false, v => question(v, e => e != 0) ? 1 : 0), Operand.Truth([3, 2], true, true, true, false, false, false)),
        new(x => function(x[0], new[] { 0, 2 }, true), x => x[0].Reduce([0, 2], true, v => question(v, e => e != 0) ? 1 : 0), Operand.Positions([2, 2, 2], 0, 1, 0, 0, 3, 4, 0, 0)),
        new(x => function(x[0], null, false), x => x[0].Reduce([0], false, v => question(v, e => e != 0) ? 1 : 0), Operand.Truth([0])),
        new(x => function(x[0], null, false), x => x[0], Operand.Truth([], true)),
    ];

    private static Variant Scatter(ScatterRule rule, bool includeSelf, Func<double[], double> reduced) => new(
        x => x[0].ScatterReduce(1, x[1], x[2], rule, includeSelf),
        x => Reduced(x[0], x[1], x[2], includeSelf, reduced),
        Operand.Of([2, 3]), Operand.Positions([2, 4], 2, 0, -1, 0, 1, 1, -2, 1), Operand.Of([2, 4]));

    private static IEnumerable<int> Writers(Grid positions, long row, long place, long size) =>
        Enumerable.Range(0, (int)positions.Sizes[1]).Where(j => ((long)positions[row, j] + size) % size == place);

    private static Grid LastWriter(Grid positions, long size) =>
        Grid.Of([positions.Sizes[0], size], i => Writers(positions, i[0], i[1], size).Append(-1).Max() + 1);

    private static Grid Scattered(Grid x, Grid positions, Grid source) => Grid.Of(x.Sizes, i =>
    {
        int[] writers = i[0] < positions.Sizes[0] ? [.. Writers(positions, i[0], i[1], x.Sizes[1])] : [];
        return writers.Length == 0 ? x[i] : source[i[0], writers.Max()];
    });

    private static Grid Reduced(Grid x, Grid positions, Grid source, bool includeSelf, Func<double[], double> reduced) => Grid.Of(x.Sizes, i =>
    {
        double[] met = [.. Writers(positions, i[0], i[1], x.Sizes[1]).Select(j => source[i[0], j])];
        return met.Length == 0 ? x[i] : reduced(includeSelf ? [x[i], .. met] : met);
    });
}
