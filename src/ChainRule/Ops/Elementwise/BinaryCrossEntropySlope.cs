using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The derivative of the binary cross entropy by the probability: y = (1 - t)/(1 - p) - t/p, a term being 0 where its logarithm
/// is cut off, and NaN where p is no probability;  dy/dp = (1 - t)/(1 - p)² + t/p²,  dy/dt = -1/(1 - p) - 1/p.
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
        return operand == 0
            ? Tensor.Where(cutsNo, 0, (1 - b) / no.Square()) + Tensor.Where(cutsYes, 0, b / a.Square())
            : -(Tensor.Where(cutsNo, 0, no.Reciprocal()) + Tensor.Where(cutsYes, 0, a.Reciprocal()));
    }

    public readonly struct Body : IBinary
    {
        public V Invoke<V>(V p, V t) where V : struct, ILane<V>
        {
            V zero = V.Constant(0), one = V.Constant(1), least = V.Constant(Least), no = one - p;
            V slope = V.Select(V.LessOrEqual(no, least), zero, (one - t) / no) - V.Select(V.LessOrEqual(p, least), zero, t / p);
            // The value is NaN there: a finite slope would let such a p pass unnoticed.
            return V.Select(V.LessOrEqual(zero, V.Min(p, no)), slope, V.Constant(double.NaN));
        }
    }
}
