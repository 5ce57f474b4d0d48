using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The largest integer that is not above each element; -0, ±∞, NaN and integers stay as they are.</summary>
    public Tensor Floor() => FloorOp.Default.Apply(this);
}

/// <summary>y = floor x;  its derivative is zero.</summary>
internal sealed record FloorOp() : UnaryOp<FloorOp.Body>(default(Body))
{
    public static readonly FloorOp Default = new();

    public override bool IsDifferentiable => false;

    protected override bool TakesIntegers => true;

    protected override Partial Derivative(Tensor x, Tensor y) => Partial.Zero;

    public readonly struct Body : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Floor(x);
    }
}
