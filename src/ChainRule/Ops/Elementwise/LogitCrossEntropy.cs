using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The binary cross entropy of a logit x, the probability being sigmoid x: y = max(x, 0) - x·t + ln(1 + e^(-|x|)), exact for any x;
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
        public V Invoke<V>(V x, V t) where V : struct, ILane<V> =>
            V.Max(x, V.Constant(0)) - x * t + V.Log1p(V.Exp(-V.Abs(x)));
    }
}
