using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The inverse of the hyperbolic sine of each element.</summary>
    public Tensor Asinh() => AsinhOp.Default.Apply(this);
}

/// <summary>y = asinh x,  dy/dx = 1/√(1 + x²), whose square does not overflow.</summary>
internal sealed record AsinhOp() : UnaryOp<AsinhOp.Body>(default(Body))
{
    public static readonly AsinhOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(Tensor x, Tensor y) => Tensor.Hypot(x, Tensor.ConstantLike(1, x)).Reciprocal();

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Asinh(x);
    }
}
