using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The angle from -π/2 to π/2 whose tangent is the element.</summary>
    public Tensor Atan() => AtanOp.Default.Apply(this);
}

/// <summary>y = atan x,  dy/dx = 1/(1 + x²), whose square does not overflow.</summary>
internal sealed record AtanOp() : UnaryOp<AtanOp.Body>(default(Body))
{
    public static readonly AtanOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => Tensor.Hypot(x, Tensor.ConstantLike(1, x)).Reciprocal().Square();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Atan(x);
    }
}
