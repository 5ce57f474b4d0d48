using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The Gaussian error linear unit by its approximation with tanh: x·(1 + tanh(√(2/π)(x + 0.044715 x³)))/2.</summary>
    public Tensor GeluTanh() => GeluTanhOp.Default.Apply(this);
}

/// <summary>y = x·σ(v) with v = 2√(2/π)(x + 0.044715 x³),  dy/dx = σ(v) + x·σ'(v)·v'. Hendrycks and Gimpel 2016.</summary>
internal sealed record GeluTanhOp() : UnaryOp<GeluTanhOp.Body>(default(Body))
{
    private const double Linear = 1.5957691216057308;
    private const double Cubic = 0.044715 * Linear;

    // From here on σ(v) is 0 or 1 to the last bit, and an infinite x would give ∞·0.
    private const double Tail = 40;

    public static readonly GeluTanhOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y)
    {
        Tensor near = x.Clamp(-Tail, Tail), square = near.Square();
        Tensor v = near * (Linear + Cubic * square);
        return v.Sigmoid() + near * SigmoidSlopeOp.Default.Apply(v) * (Linear + 3 * Cubic * square);
    }

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V>
        {
            // (1 + tanh(v/2))/2 is σ(v), which does not cancel where it is small.
            V near = V.Max(x, V.Constant(-Tail));
            V v = near * (V.Constant(Linear) + V.Constant(Cubic) * near * near);
            V one = V.Constant(1), tail = V.Exp(-V.Abs(v));
            return near * (V.Select(V.LessThan(v, V.Constant(0)), tail, one) / (one + tail));
        }
    }
}
