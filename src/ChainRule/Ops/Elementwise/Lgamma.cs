using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>ln |Γ(x)| of each element; +∞ at 0, at the negative integers and at ±∞.</summary>
    public Tensor Lgamma() => LgammaOp.Default.Apply(this);
}

/// <summary>y = ln |Γ(x)|,  dy/dx = ψ(x), the digamma function.</summary>
internal sealed record LgammaOp() : UnaryOp<LgammaOp.Body>(default(Body))
{
    public static readonly LgammaOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => x.Digamma();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.LogGamma(x);
    }
}
