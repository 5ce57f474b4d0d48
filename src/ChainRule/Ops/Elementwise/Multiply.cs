using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The product of each pair of elements; shapes broadcast, types meet in the wider one.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => MultiplyOp.Default.Apply(left, right);

    /// <summary>The product of each pair of elements; the number takes the tensor's type if it can.</summary>
    public static Tensor operator *(Tensor left, double right) => MultiplyOp.Default.Apply(left, Scalar(right, left));

    /// <inheritdoc cref="operator *(Tensor, double)"/>
    public static Tensor operator *(double left, Tensor right) => MultiplyOp.Default.Apply(Scalar(left, right), right);
}

/// <summary>y = a·b,  dy/da = b, dy/db = a.</summary>
internal sealed record MultiplyOp() : BinaryOp<MultiplyOp.Body>(default(Body))
{
    public static readonly MultiplyOp Default = new();

    public override string Sign => "·";

    public override Keeps Keeps => Keeps.Inputs;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => operand == 0 ? b : a;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => a * b;
    }
}
