using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The inverse of the error function of each element; ±∞ at ±1, NaN beyond.</summary>
    public Tensor Erfinv() => ErfinvOp.Default.Apply(this);
}

/// <summary>y = erfinv x,  dy/dx = √π/2 e^(y²).</summary>
internal sealed record ErfinvOp() : UnaryOp<ErfinvOp.Body>(default(Body))
{
    public static readonly ErfinvOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => ErfinvSlopeOp.Default.Apply(x);

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Erfinv(x);
    }
}
