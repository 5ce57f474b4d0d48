using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The integer part of each element, without its fraction; -0, ±∞, NaN and integers stay as they are.</summary>
    public Tensor Trunc() => TruncOp.Default.Apply(this);
}

/// <summary>y = trunc x;  its derivative is zero.</summary>
internal sealed record TruncOp() : UnaryOp<TruncOp.Body>(default(Body))
{
    public static readonly TruncOp Default = new();

    public override bool IsDifferentiable => false;

    protected override bool TakesIntegers => true;

    protected override Partial Derivative(Tensor x, Tensor y) => Partial.Zero;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Truncate(x);
    }
}
