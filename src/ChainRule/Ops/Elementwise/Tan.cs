using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The tangent of each element, in radians; NaN for ±∞.</summary>
    public Tensor Tan() => TanOp.Default.Apply(this);
}

/// <summary>y = tan x,  dy/dx = 1 + y².</summary>
internal sealed record TanOp() : UnaryOp<TanOp.Body>(default(Body))
{
    public static readonly TanOp Default = new();

    public override Keeps Keeps => Keeps.Output;

    protected override Partial Derivative(Tensor x, Tensor y) => y.Square() + 1;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Tan(x);
    }
}
