using static ChainRule.Tests.Laws.OpCase;
using static ChainRule.Tests.Laws.SpecialFunctions;

namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> General =>
    [
        Of<AffineOp>(
            new(x => x[0].Affine(x[1], x[2]), x => Grid.Of([2, 4], i => Dot(3, k => x[0][i[0], k] * x[1][i[1], k]) + x[2][i[1]]), Operand.Of([2, 3]), Operand.Of([4, 3]), Operand.Of([4])),
            new(x => x[0].Affine(x[1]), x => Grid.Of([2], i => Dot(3, k => x[0][k] * x[1][i[0], k])), Operand.Of([3]), Operand.Of([2, 3])),
            new(x => x[0].Affine(x[1], x[2]), x => Grid.Of([2], i => Dot(3, k => x[0][k] * x[1][i[0], k]) + x[2][i]), Operand.Of([3]), Operand.Of([2, 3]), Operand.Of([2])),
            new(x => x[0].Affine(x[1], x[2]), x => Grid.Of([2, 2, 2], i => Dot(3, k => x[0][i[0], i[1], k] * x[1][i[2], k]) + x[2][i[2]]), Operand.Of([2, 2, 3]), Operand.Of([2, 3]), Operand.Of([2])),
            new(x => x[0].Affine(x[1], x[2]), x => Grid.Of([0, 2], _ => 0), Operand.Of([0, 3]), Operand.Of([2, 3]), Operand.Of([2])),
            new(x => x[0].Affine(x[1], x[2]), x => Grid.Of([3, 1, 2], i => x[2][i[2]]), Operand.Of([3, 1, 0]), Operand.Of([2, 0]), Operand.Of([2]))) with { Large = [[150, 170], [190, 170], [190]] },
        Of<LogSoftmaxOp>(
            On([2, 3], x => x.LogSoftmax(), x => Grid.Of([2, 3], i => x[i] - LogSumExp(Row(x, i[0])))),
            On([3, 2], x => x.LogSoftmax(0), x => Grid.Of([3, 2], i => x[i] - LogSumExp(Column(x, i[1])))),
            On([], x => x.LogSoftmax(), x => x.Map(_ => 0)),
            On([2, 0], x => x.LogSoftmax(), x => x)) with { Large = [[300, 700]] },
        Of<LogSumExpOp>(
            On([2, 3], x => x.LogSumExp(), x => x.Reduce([0, 1], false, LogSumExp)),
            On([2, 3, 2], x => x.LogSumExp([0, -1], keepDims: true), x => x.Reduce([0, 2], true, LogSumExp)),
            On([2, 3], x => x.LogSumExp(0), x => x.Reduce([0], false, LogSumExp)),
            On([], x => x.LogSumExp(), x => x),
            On([2, 0], x => x.LogSumExp(1), _ => Grid.Of([2], _ => double.NegativeInfinity))) with { Large = [[300, 700]] },
        Of<MaxOp>(Extremum((x, axes, keep) => x.Max(axes, keep), Enumerable.Max)) with { Large = [[30, 80, 90]] },
        new("Mean", null,
            On([2, 3], x => x.Mean(), x => x.Reduce([0, 1], false, Enumerable.Average)),
            On([2, 3], x => x.Mean(0, keepDims: true), x => x.Reduce([0], true, Enumerable.Average)),
            On([2, 3], x => x.Var(), x => x.Reduce([0, 1], false, v => Variance(v, 1))),
            On([2, 3], x => x.Var(1, correction: 0), x => x.Reduce([1], false, v => Variance(v, 0))),
            On([0, 3], x => x.Mean(0), _ => Grid.Of([3], _ => double.NaN))) { Large = [[300, 700]] },
        Of<MinOp>(Extremum((x, axes, keep) => x.Min(axes, keep), Enumerable.Min)) with { Large = [[30, 80, 90]] },
        Of<SoftmaxOp>(
            On([2, 3], x => x.Softmax(), x => Grid.Of([2, 3], i => Math.Exp(x[i] - LogSumExp(Row(x, i[0]))))),
            On([3, 2], x => x.Softmax(0), x => Grid.Of([3, 2], i => Math.Exp(x[i] - LogSumExp(Column(x, i[1]))))),
            On([], x => x.Softmax(), x => x.Map(_ => 1)),
            On([0, 2], x => x.Softmax(), x => x)) with { Large = [[300, 700]] },
        Of<StdOp>(
            On([2, 3], x => x.Std(), x => x.Reduce([0, 1], false, v => Math.Sqrt(Variance(v, 1)))),
            On([2, 3], x => x.Std(-1, keepDims: true), x => x.Reduce([1], true, v => Math.Sqrt(Variance(v, 1)))),
            On([2, 3, 2], x => x.Std([0, -1], correction: 0), x => x.Reduce([0, 2], false, v => Math.Sqrt(Variance(v, 0)))),
            On([0, 3], x => x.Std(1), _ => Grid.Of([0], _ => 0)),
            On([0, 3], x => x.Std(0), _ => Grid.Of([3], _ => double.NaN))) with { Large = [[300, 700]] },
    ];

    private static IEnumerable<OpCase> WithoutDerivative =>
    [
        Zero<ArgMaxOp>(Position((x, axis, keep) => x.ArgMax(axis, keep), Enumerable.Max)) with { Large = [[70_001]] },
        Zero<ArgMinOp>(Position((x, axis, keep) => x.ArgMin(axis, keep), Enumerable.Min)) with { Large = [[70_001]] },
        Zero<DetachOp>(On([2, 3], x => x.Detach(), x => x)),
        Zero<EqualOp>(Comparison((a, b) => a.EqualTo(b), (a, b) => a == b)),
        Zero<LessOp>(Comparison((a, b) => a < b, (a, b) => a < b)),
        Zero<LessOrEqualOp>(Comparison((a, b) => a <= b, (a, b) => a <= b)),
        new("Logical", null,
            Logical((a, b) => a.And(b), (a, b) => a && b),
            Logical((a, b) => a.Or(b), (a, b) => a || b),
            Logical((a, _) => a.Not(), (a, _) => !a)) { Order = 0 },
        new("OneHot", null,
            new Variant(x => x[0].OneHot(3), x => Grid.Of([2, 2, 3], i => x[0][i[0], i[1]] == i[2] ? 1 : 0), Operand.Positions([2, 2], 2, 0, 1, 2)),
            new Variant(x => x[0].OneHot(4, DType.Int32), x => Grid.Of([4], i => i[0] == 3 ? 1 : 0), Operand.Positions([], 3)),
            new Variant(x => x[0].OneHot(3), _ => Grid.Of([0, 3], _ => 0), Operand.Positions([0]))) { Order = 0 },
        Unary<SignOp>(x => x.Sign(), x => double.IsNaN(x) ? x : Math.Sign(x), kinks: [0], order: 0),
    ];

    private static Variant[] Extremum(Func<Tensor, Axes?, bool, Tensor> function, Func<double[], double> chosen) =>
    [
        On([2, 3, 2], x => function(x, null, false), x => x.Reduce([0, 1, 2], false, chosen)),
        On([2, 3, 2], x => function(x, 1, false), x => x.Reduce([1], false, chosen)),
        On([2, 3, 2], x => function(x, new[] { 0, -1 }, true), x => x.Reduce([0, 2], true, chosen)),
        On([], x => function(x, null, false), x => x),
        On([0, 2], x => function(x, 1, false), _ => Grid.Of([0], _ => 0)),
    ];

    private static Variant[] Position(Func<Tensor, int?, bool, Tensor> function, Func<double[], double> chosen) =>
    [
        On([2, 3], x => function(x, null, false), x => x.Reduce([0, 1], false, v => Array.IndexOf(v, chosen(v)))),
        On([2, 3], x => function(x, 0, false), x => x.Reduce([0], false, v => Array.IndexOf(v, chosen(v)))),
        On([2, 3, 2], x => function(x, -2, true), x => x.Reduce([1], true, v => Array.IndexOf(v, chosen(v)))),
        On([], x => function(x, null, false), x => x.Map(_ => 0)),
    ];

    private static Variant[] Comparison(Func<Tensor, Tensor, Tensor> function, Func<double, double, bool> reference) =>
    [
        new(x => function(x[0], x[1]), x => Grid.Map(x[0], x[1], (a, b) => reference(a, b) ? 1 : 0), Operand.Of([2, 3]), Operand.Of([3])),
        new(x => function(x[0], x[1]), x => Grid.Map(x[0], x[1], (a, b) => reference(a, b) ? 1 : 0), Operand.Positions([4], 1, 2, 3, -1), Operand.Positions([4], 1, 3, 2, -1)),
        new(x => function(x[0], x[1]), x => Grid.Map(x[0], x[1], (a, b) => reference(a, b) ? 1 : 0), Operand.Of([]), Operand.Of([0, 2])),
    ];

    private static Variant Logical(Func<Tensor, Tensor, Tensor> function, Func<bool, bool, bool> reference) =>
        new(x => function(x[0], x[1]), x => Grid.Map(x[0], x[1], (a, b) => reference(a != 0, b != 0) ? 1 : 0), Operand.Truth([2, 2], true, true, false, false), Operand.Truth([2, 2], true, false, true, false));

    private static double[] Row(Grid x, long row) => [.. Enumerable.Range(0, (int)x.Sizes[1]).Select(column => x[row, column])];

    private static double[] Column(Grid x, long column) => [.. Enumerable.Range(0, (int)x.Sizes[0]).Select(row => x[row, column])];

    private static double Variance(double[] values, double correction)
    {
        double mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - correction);
    }
}
