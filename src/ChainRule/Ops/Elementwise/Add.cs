using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The sum of each pair of elements; shapes broadcast, types meet in the wider one.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => AddOp.Default.Apply(left, right);

    /// <summary>The sum of each pair of elements; the number takes the tensor's type if it can.</summary>
    public static Tensor operator +(Tensor left, double right) => AddOp.Default.Apply(left, Scalar(right, left));

    /// <inheritdoc cref="operator +(Tensor, double)"/>
    public static Tensor operator +(double left, Tensor right) => AddOp.Default.Apply(Scalar(left, right), right);
}

/// <summary>y = a + b,  dy/da = dy/db = 1.</summary>
internal sealed record AddOp() : BinaryOp<AddOp.Body>(default(Body))
{
    public static readonly AddOp Default = new();

    public override string Sign => "+";

    public override Keeps Keeps => Keeps.Nothing;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => Partial.One;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => a + b;
    }
}
