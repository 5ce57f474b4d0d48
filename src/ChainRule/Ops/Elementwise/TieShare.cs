using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>The share of a maximum that belongs to a: 1 if a > b or a is NaN, 1/2 if they are equal, else 0. Its derivative is zero.</summary>
internal sealed record TieShareOp() : BinaryOp<TieShareOp.Body>(default(Body))
{
    public static readonly TieShareOp Default = new();

    public override bool IsDifferentiable => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => Partial.Zero;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> =>
            V.Select(V.LessThan(b, a), V.Constant(1), V.Select(V.Equal(a, b), V.Constant(0.5), V.Select(V.Equal(a, a), V.Constant(0), V.Constant(1))));
    }
}
