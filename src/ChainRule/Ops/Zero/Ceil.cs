using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The smallest integer that is not below each element; -0, ±∞, NaN and integers stay as they are.</summary>
    public Tensor Ceil() => CeilOp.Default.Apply(this);
}

/// <summary>y = ceil x;  its derivative is zero.</summary>
internal sealed record CeilOp() : UnaryOp<CeilOp.Body>(default(Body))
{
    public static readonly CeilOp Default = new();

    public override bool IsDifferentiable => false;

    protected override bool TakesIntegers => true;

    protected override Partial Derivative(Tensor x, Tensor y) => Partial.Zero;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Ceiling(x);
    }
}
