using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The digamma function ψ, the derivative of ln |Γ|; ∓∞ at ±0, NaN at the negative integers and -∞.</summary>
    public Tensor Digamma() => DigammaOp.Default.Apply(this);
}

/// <summary>y = ψ(x),  dy/dx = ψ₁(x).</summary>
internal sealed record DigammaOp() : UnaryOp<DigammaOp.Body>(default(Body))
{
    public static readonly DigammaOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Polygamma(1);

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Digamma(x);
    }
}
