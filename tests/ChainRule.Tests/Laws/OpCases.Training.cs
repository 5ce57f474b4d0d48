using static ChainRule.Tests.Laws.OpCase;

namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static readonly Func<Tensor, Tensor> Doubled = CustomFunction.Of(x => x * 2, (_, _, cotangent) => cotangent * 2);

    private static readonly Func<Tensor, Tensor> Cubed = CustomFunction.Of(x => x * x * x, (x, _, cotangent) => cotangent * (3 * x * x));

    private static readonly Func<Tensor, Tensor> Exponential = CustomFunction.Of(x => x.Exp(), (_, y, cotangent) => cotangent * y);

    private static readonly Func<Tensor[], Tensor> CustomProduct = CustomFunction.Of((Tensor[] x) => x[0].MatMul(x[1]), (x, _, cotangent) => [cotangent.MatMul(x[1].T), x[0].T.MatMul(cotangent)]);

    private static IEnumerable<OpCase> Training =>
    [
        Of<CustomOp>(
            On([2, 3], x => Cubed(x), x => x.Map(v => v * v * v)),
            On([2, 3], x => Exponential(x), x => x.Map(Math.Exp)),
            On([], x => Doubled(x), x => x.Map(v => v * 2)),
            On([0, 2], x => Doubled(x), x => x),
            new(x => CustomProduct([x[0], x[1]]), x => Grid.Of([2, 4], i => Dot(3, k => x[0][i[0], k] * x[1][k, i[1]])), Operand.Of([2, 3]), Operand.Of([3, 4]))),
        new("CosineSimilarity", null,
            Cosine([2, 3], [2, 3], -1, x => Grid.Of([2], i => Cosine(3, k => x[0][i[0], k], k => x[1][i[0], k]))),
            Cosine([3, 2], [3, 1], 0, x => Grid.Of([2], i => Cosine(3, k => x[0][k, i[0]], k => x[1][k, 0]))),
            Cosine([3], [2, 3], 1, x => Grid.Of([2], i => Cosine(3, k => x[0][k], k => x[1][i[0], k]))),
            Cosine([0, 3], [0, 3], 1, _ => Grid.Of([0], _ => 0)),
            Cosine([2, 0], [2, 0], 1, _ => Grid.Of([2], _ => 0))) { Large = [[300, 700], [300, 700]] },
    ];

    private static Variant Cosine(Shape left, Shape right, int axis, Func<Grid[], Grid> reference) =>
        new(x => Tensor.CosineSimilarity(x[0], x[1], axis), reference, Operand.Of(left, 0.5), Operand.Of(right, 0.5));

    private static double Cosine(int size, Func<int, double> a, Func<int, double> b) =>
        Dot(size, k => a(k) * b(k)) / Math.Sqrt(Dot(size, k => a(k) * a(k)) * Dot(size, k => b(k) * b(k)));
}
