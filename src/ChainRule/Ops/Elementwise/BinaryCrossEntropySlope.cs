using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The derivative of the binary cross entropy by the probability: y = (1 - t)/(1 - p) - t/p, a term being 0 where its logarithm
/// is cut off, and 0 in all where p lies below 0 or above 1;  dy/dp = (1 - t)/(1 - p)² + t/p²,  dy/dt = -1/(1 - p) - 1/p.
/// </summary>
internal sealed record BinaryCrossEntropySlopeOp() : BinaryOp<BinaryCrossEntropySlopeOp.Body>(default(Body))
{
    // e^-100
    private const double Least = 3.7200759760208359630e-44;

    public static readonly BinaryCrossEntropySlopeOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override bool TakesIntegers => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y)
    {
        Tensor no = 1 - a, cutsYes = a <= Least, cutsNo = no <= Least;
        Tensor slope = operand == 0
            ? Tensor.Where(cutsNo, 0, (1 - b) / no.Square()) + Tensor.Where(cutsYes, 0, b / a.Square())
            : -(Tensor.Where(cutsNo, 0, no.Reciprocal()) + Tensor.Where(cutsYes, 0, a.Reciprocal()));
        return Tensor.Where(Tensor.Minimum(a, no) < 0, 0, slope);
    }

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V p, V t) where V : struct, ILane<V>
        {
            V zero = V.Constant(0), one = V.Constant(1), least = V.Constant(Least), no = one - p;
            V cutsNo = V.LessOrEqual(no, least), cutsYes = V.LessOrEqual(p, least);
            V cut = V.Select(cutsNo, zero, (one - t) / no) - V.Select(cutsYes, zero, t / p);
            // The two terms in one: where they cancel, p - t is exact.
            V slope = V.Select(V.Or(cutsNo, cutsYes), cut, (p - t) / (p * no));
            // NaN is not less than 0 and stays.
            return V.Select(V.LessThan(V.Min(p, no), zero), zero, slope);
        }
    }
}
