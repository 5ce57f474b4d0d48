using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The hyperbolic tangent of each element.</summary>
    public Tensor Tanh() => TanhOp.Default.Apply(this);
}

/// <summary>y = tanh x,  dy/dx = 1/cosh² x.</summary>
internal sealed record TanhOp() : UnaryOp<TanhOp.Body>(default(Body))
{
    public static readonly TanhOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => TanhSlopeOp.Default.Apply(x);

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Tanh(x);
    }
}
