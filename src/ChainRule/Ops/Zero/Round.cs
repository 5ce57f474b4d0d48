using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The nearest integer to each element, of two equally near ones the even one; -0, ±∞, NaN and integers stay as they are.</summary>
    public Tensor Round() => RoundOp.Default.Apply(this);
}

/// <summary>y = round x;  its derivative is zero.</summary>
internal sealed record RoundOp() : UnaryOp<RoundOp.Body>(default(Body))
{
    public static readonly RoundOp Default = new();

    public override bool IsDifferentiable => false;

    protected override bool TakesIntegers => true;

    protected override Partial Derivative(Tensor x, Tensor y) => Partial.Zero;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Round(x);
    }
}
