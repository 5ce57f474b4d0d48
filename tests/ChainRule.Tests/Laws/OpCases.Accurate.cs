using static ChainRule.Tests.Laws.OpCase;
using static ChainRule.Tests.Laws.SpecialFunctions;

namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    /// <summary>Derivatives that are operations of their own, since the formula of several loses digits.</summary>
    private static IEnumerable<OpCase> Accurate =>
    [
        Unary<GeluSlopeOp>(GeluSlopeOp.Default.Apply, GeluSlope, points: [[-Infinity, 0], [Infinity, 0], [0, 2 / Math.Sqrt(2 * Math.PI)]], kinks: []),
        Unary<CeluSlopeOp>(new CeluSlopeOp(1.5).Apply, x => x > 0 ? 1 : Math.Exp(x / 1.5), points: [[0, 1 / 1.5], [-Infinity, 0], [Infinity, 0]]),
        Unary<GaussianOp>(GaussianOp.Default.Apply, x => Math.Exp(-x * x), points: [[-Infinity, 0], [Infinity, 0], [0, 0]], kinks: []),
        Unary<ErfinvSlopeOp>(ErfinvSlopeOp.Default.Apply, x => Math.Abs(x) == 1 ? Infinity : Math.Sqrt(Math.PI) / 2 * Math.Exp(Math.Pow(GammaFunctions.Erfinv(x), 2)), low: -0.7, high: 0.7, points: [[1, Infinity], [-1, -Infinity], [0, 0]], kinks: []),
        Binary<PowSlopeOp>(PowSlopeOp.Default.Apply, (a, b) => b == 0 ? 0 : b * Math.Pow(a, b - 1), low: 0.5, points:
        [
            [0, 0, 0, 0], [2, 0, 0, 0.5], [2, 1, 0, 1 + Math.Log(2)], [0, 2, 2, 0], [0, 1.5, Infinity, 0],
        ]) with { Scalar = null }, // a subnormal b times a power that overflows is 1 in double and infinite in float32
        Of<LogSoftmaxPullbackOp>(
            Pull([2, 3], x => Grid.Of([2, 3], i => x[1][i] - (Math.Exp(x[0][i] - LogSumExp(Row(x[0], i[0]))) * Row(x[1], i[0]).Sum()))),
            Pull([4], x => Grid.Of([4], i => x[1][i] - (Math.Exp(x[0][i] - LogSumExp([x[0][0], x[0][1], x[0][2], x[0][3]])) * (x[1][0] + x[1][1] + x[1][2] + x[1][3])))),
            Pull([2, 0], x => x[0])) with { Large = [[300, 700], [300, 700]] },
        Of<SoftmaxCrossEntropyOp>(
            Surprise([3, 4], 2, 0, 3),
            Surprise([2, 2, 3], 1, 0, 2, 2),
            Surprise([2, 21], 20, 7),
            Surprise([4], 1),
            Surprise([0, 3])),
        Of<SoftmaxCrossEntropySlopeOp>(
            SurpriseSlope([3, 4], 2, 0, 3),
            SurpriseSlope([2, 2, 3], 1, 0, 2, 2),
            SurpriseSlope([2, 21], 20, 7),
            SurpriseSlope([4], 1),
            SurpriseSlope([0, 3])),
        Of<CtcOp>(
            Aligned([4, 2, 3], [0, 1, 0, 2, 0, 0, 1, 0, 0, 0], [4, 3], [4, 2], isSlope: false),
            Aligned([3, 1, 2], [0, 1, 0, 1, 0], [3], [4], isSlope: false),
            Aligned([2, 1, 3], [0], [2], [0], isSlope: false)),
        Of<CtcSlopeOp>(
            Aligned([4, 2, 3], [0, 1, 0, 2, 0, 0, 1, 0, 0, 0], [4, 3], [4, 2], isSlope: true),
            Aligned([3, 1, 2], [0, 1, 0], [3], [2], isSlope: true),
            Aligned([2, 1, 3], [0, 2, 0], [2], [2], isSlope: true)) with { Order = 2 },
    ];

    // All ways of classes through a sequence, one by one: those that read as the target once repetitions are merged and blanks (0) removed.
    private static Variant Aligned(Shape shape, long[] labels, long[] lengths, long[] ends, bool isSlope)
    {
        long batch = shape[1], states = labels.Length / batch;
        Grid Reference(Grid[] x)
        {
            var losses = new double[batch];
            Grid slope = Grid.Of(shape.Sizes, _ => 0);
            for (long n = 0; n < batch; n++)
            {
                long[] target = [.. labels.Skip((int)(n * states)).Take((int)ends[n] + 1).Where(label => label != 0)];
                double total = 0;
                for (int way = 0; way < Math.Pow(shape[2], lengths[n]); way++)
                {
                    long[] path = [.. Enumerable.Range(0, (int)lengths[n]).Select(t => (long)(way / Math.Pow(shape[2], t)) % shape[2])];
                    if (!path.Where((label, t) => label != 0 && (t == 0 || path[t - 1] != label)).SequenceEqual(target)) continue;
                    double probability = Math.Exp(path.Select((label, t) => x[0][t, n, label]).Sum());
                    total += probability;
                    for (int t = 0; t < path.Length; t++)
                        slope.Add([t, n, path[t]], -probability);
                }
                for (long t = 0; t < shape[0]; t++)
                {
                    for (long c = 0; c < shape[2]; c++)
                        slope.Values[(t * batch + n) * shape[2] + c] /= total;
                }
                losses[n] = -Math.Log(total);
            }
            return isSlope ? slope : new([batch], losses);
        }
        return new(
            x => (isSlope ? (Op)CtcSlopeOp.Default : CtcOp.Default).Apply(x),
            Reference,
            Operand.Of(shape), Operand.Positions([batch, states], labels), Operand.Positions([batch], lengths), Operand.Positions([batch], ends));
    }

    private static Variant Surprise(Shape shape, params long[] classes)
    {
        Shape rows = Shape.Create(shape.Sizes[..^1]);
        return new(x => SoftmaxCrossEntropyOp.Default.Apply(x[0], x[1]), x => Grid.Of(rows.Sizes, i => LogSumExp(LastAxis(x[0], i)) - x[0][[.. i, (long)x[1][i]]]), Operand.Of(shape), Operand.Positions(rows, classes));
    }

    private static Variant SurpriseSlope(Shape shape, params long[] classes)
    {
        Shape rows = Shape.Create(shape.Sizes[..^1]);
        return new(
            x => SoftmaxCrossEntropySlopeOp.Default.Apply(x[0], x[1], x[2]),
            x => Grid.Of(shape.Sizes, i => x[2][i.AsSpan(..^1)] * (Math.Exp(x[0][i] - LogSumExp(LastAxis(x[0], i[..^1]))) - (i[^1] == (long)x[1][i.AsSpan(..^1)] ? 1 : 0))),
            Operand.Of(shape), Operand.Positions(rows, classes), Operand.Of(rows));
    }

    private static Variant Pull(Shape shape, Func<Grid[], Grid> reference) =>
        new(x => LogSoftmaxPullbackOp.Default.Apply(x[0], x[1]), reference, Operand.Of(shape), Operand.Of(shape));

    private static double[] LastAxis(Grid x, long[] place) => [.. Enumerable.Range(0, (int)x.Sizes[^1]).Select(last => x[[.. place, last]])];
}
