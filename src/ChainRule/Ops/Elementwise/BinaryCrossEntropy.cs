using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// y = -t ln p - (1 - t) ln(1 - p) of a probability p and a target t, no logarithm below -100 (as if p and 1 - p were at least e^-100),
/// and NaN for a p below 0 or above 1;
/// dy/dp = (1 - t)/(1 - p) - t/p,  dy/dt = ln(1 - p) - ln p.
/// </summary>
internal sealed record BinaryCrossEntropyOp() : BinaryOp<BinaryCrossEntropyOp.Body>(default(Body))
{
    public const double LeastLog = -100;

    public static readonly BinaryCrossEntropyOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override bool TakesIntegers => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => operand == 0
        ? BinaryCrossEntropySlopeOp.Default.Apply(a, b)
        : (-a).Log1p().Clamp(LeastLog) - a.Log().Clamp(LeastLog);

    public readonly struct Body : IBinary
    {
        public V Invoke<V>(V p, V t) where V : struct, ILane<V>
        {
            V least = V.Constant(LeastLog);
            V yes = V.Max(V.Log(p), least), no = V.Max(V.Log1p(-p), least);
            return t * -yes + (V.Constant(1) - t) * -no;
        }
    }
}
