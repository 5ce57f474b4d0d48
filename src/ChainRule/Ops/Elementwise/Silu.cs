using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The sigmoid linear unit x·σ(x), also called swish; -0 at -∞.</summary>
    public Tensor Silu() => SiluOp.Default.Apply(this);
}

/// <summary>y = x·σ(x),  dy/dx = σ(x) + x·σ'(x). Hendrycks and Gimpel 2016; Elfwing, Uchibe and Doya 2017.</summary>
internal sealed record SiluOp() : UnaryOp<SiluOp.Body>(default(Body))
{
    // From here on the sigmoid is 0 or 1 to the last bit, and an infinite x would give ∞·0.
    private const double Tail = 1000;

    public static readonly SiluOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y)
    {
        Tensor near = x.Clamp(-Tail, Tail);
        return near.Sigmoid() + near * SigmoidSlopeOp.Default.Apply(near);
    }

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Silu(x);
    }
}
