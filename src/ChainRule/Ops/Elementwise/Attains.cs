using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>1 where an element is equal to the extremum that was chosen among it and others, else 0.</summary>
    internal Tensor Attains(Tensor extremum) => AttainsOp.Default.Apply(this, extremum);
}

/// <summary>y = 1 where a = b or a is NaN, which an extremum then is too, else 0. Its derivative is zero.</summary>
internal sealed record AttainsOp() : BinaryOp<AttainsOp.Body>(default(Body))
{
    public static readonly AttainsOp Default = new();

    public override bool IsDifferentiable => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => Partial.Zero;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> =>
            V.Select(V.Equal(a, b), V.Constant(1), V.Select(V.Equal(a, a), V.Constant(0), V.Constant(1)));
    }
}
