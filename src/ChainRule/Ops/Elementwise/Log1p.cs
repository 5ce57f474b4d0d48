using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>ln(1 + x) of each element, accurate near 0.</summary>
    public Tensor Log1p() => Log1pOp.Default.Apply(this);
}

/// <summary>y = ln(1 + x),  dy/dx = 1/(1 + x).</summary>
internal sealed record Log1pOp() : UnaryOp<Log1pOp.Body>(default(Body))
{
    public static readonly Log1pOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => (1 + x).Reciprocal();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Log1p(x);
    }
}
