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
    ];
}
