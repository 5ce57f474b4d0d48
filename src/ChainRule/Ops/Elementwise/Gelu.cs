using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The Gaussian error linear unit x·Φ(x), exact (by erf, not by tanh).</summary>
    public Tensor Gelu() => GeluOp.Default.Apply(this);
}

/// <summary>y = x·Φ(x) with Φ(x) = (1 + erf(x/√2))/2,  dy/dx = Φ(x) + x·φ(x). Hendrycks and Gimpel 2016.</summary>
internal sealed record GeluOp() : UnaryOp<GeluOp.Body>(default(Body))
{
    private const double InverseSqrt2 = 0.70710678118654752440;
    private const double InverseSqrt2Pi = 0.39894228040143267794;

    // From here on Φ is 0 or 1 to the last bit and φ is 0, and an infinite x would give ∞·0.
    private const double Tail = 40;

    public static readonly GeluOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y)
    {
        Tensor near = x.Clamp(-Tail, Tail);
        return 0.5 * (1 + (near * InverseSqrt2).Erf()) + near * InverseSqrt2Pi * (-0.5 * near.Square()).Exp();
    }

    public readonly struct Body : IUnary
    {
        public V Invoke<V>(V x) where V : struct, ILane<V> =>
            V.Constant(0.5) * V.Max(x, V.Constant(-Tail)) * (V.Constant(1) + V.Erf(x * V.Constant(InverseSqrt2)));
    }
}
