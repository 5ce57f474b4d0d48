using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// y = -t ln p - (1 - t) ln(1 - p) of a probability p and a target t, no logarithm below -100 (as if p and 1 - p were at least e^-100),
/// a p below 0 counting as 0 and one above 1 as 1, with dy/dp = 0 there;
/// dy/dp = (1 - t)/(1 - p) - t/p,  dy/dt = ln(1 - p) - ln p.
/// </summary>
internal sealed record BinaryCrossEntropyOp() : BinaryOp<BinaryCrossEntropyOp.Body>(default(Body))
{
    public const double LeastLog = -100;

    public static readonly BinaryCrossEntropyOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override bool TakesIntegers => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y)
    {
        if (operand == 0)
            return BinaryCrossEntropySlopeOp.Default.Apply(a, b);
        // Not Clamp: at 0 and 1 themselves the slope is not cut off.
        Tensor p = Tensor.Where(a < 0, 0, Tensor.Where(a > 1, 1, a));
        return (-p).Log1p().Clamp(LeastLog) - p.Log().Clamp(LeastLog);
    }

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V p, V t) where V : struct, ILane<V>
        {
            V least = V.Constant(LeastLog);
            p = V.Max(V.Min(p, V.Constant(1)), V.Constant(0));
            V yes = V.Max(V.Log(p), least), no = V.Max(V.Log1p(-p), least);
            return V.Fma(t, -yes, (V.Constant(1) - t) * -no);
        }
    }
}
