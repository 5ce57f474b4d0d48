using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The binary cross entropy of a logit x, the probability being sigmoid x: y = |x|·w + ln(1 + e^(-|x|)), where w is the weight of the
/// answer that x speaks against, t below 0 and 1 - t above: no term cancels another, and an infinite logit that is right costs 0;
/// dy/dx = sigmoid x - t,  dy/dt = -x.
/// </summary>
internal sealed record LogitCrossEntropyOp() : BinaryOp<LogitCrossEntropyOp.Body>(default(Body))
{
    public static readonly LogitCrossEntropyOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override bool TakesIntegers => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) =>
        operand == 0 ? LogitCrossEntropySlopeOp.Default.Apply(a, b) : -a;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x, V t) where V : struct, ILane<V> =>
            Against(V.Abs(x), V.Select(V.LessThan(x, V.Constant(0)), t, V.Constant(1) - t)) + V.Log1p(V.Exp(-V.Abs(x)));

        private static V Against<V>(V size, V weight) where V : struct, ILane<V> =>
            V.Select(V.Equal(weight, V.Constant(0)), V.Constant(0), size * weight);
    }
}
