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
        // Around 1/2 the difference of the logarithms cancels; there it is 2 artanh(1 - 2p).
        Tensor isMiddle = (p > 0.25).And(p < 0.75), middle = Tensor.Where(isMiddle, 1 - 2 * p, 0);
        return Tensor.Where(isMiddle, 2 * middle.Atanh(), (-p).Log1p().Clamp(LeastLog) - p.Log().Clamp(LeastLog));
    }

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V p, V t) where V : struct, ILane<V>
        {
            V one = V.Constant(1), least = V.Constant(LeastLog);
            p = V.Max(V.Min(p, one), V.Constant(0));
            V yes = -V.Max(V.Log(p), least), no = -V.Max(V.Log1p(-p), least);

            // Two products and their sum, each with its rest, so that only the logarithms and the result are rounded.
            V other = one - t, otherLow = (one - other) - t;
            V first = t * yes, firstLow = V.ExactFma(t, yes, -first);
            V second = other * no, secondLow = V.Fma(otherLow, no, V.ExactFma(other, no, -second));
            V y = first + second, added = y - first;
            return y + (((first - (y - added)) + (second - added)) + (firstLow + secondLow));
        }
    }
}
