using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The difference of each pair of elements; shapes broadcast, types meet in the wider one.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => SubtractOp.Default.Apply(left, right);

    /// <summary>The difference of each pair of elements; the number takes the tensor's type if it can.</summary>
    public static Tensor operator -(Tensor left, double right) => SubtractOp.Default.Apply(left, Scalar(right, left));

    /// <inheritdoc cref="operator -(Tensor, double)"/>
    public static Tensor operator -(double left, Tensor right) => SubtractOp.Default.Apply(Scalar(left, right), right);
}

/// <summary>y = a - b,  dy/da = 1, dy/db = -1.</summary>
internal sealed record SubtractOp() : BinaryOp<SubtractOp.Body>(default(Body))
{
    public static readonly SubtractOp Default = new();

    public override string Sign => "-";

    public override Keeps Keeps => Keeps.Nothing;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => operand == 0 ? Partial.One : Partial.MinusOne;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => a - b;
    }
}
