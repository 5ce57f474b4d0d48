using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The Gaussian error linear unit x·Φ(x), exact (by erfc, not by tanh) and without loss in the tail; -0 at -∞.</summary>
    public Tensor Gelu() => GeluOp.Default.Apply(this);
}

/// <summary>y = x·Φ(x) with Φ(x) = erfc(-x/√2)/2,  dy/dx = Φ(x) + x·φ(x). Hendrycks and Gimpel 2016.</summary>
internal sealed record GeluOp() : UnaryOp<GeluOp.Body>(default(Body))
{
    public static readonly GeluOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => GeluSlopeOp.Default.Apply(x);

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Gelu(x);
    }
}
