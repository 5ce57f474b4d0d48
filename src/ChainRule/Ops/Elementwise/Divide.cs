using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The quotient of each pair of elements, never an integer division; shapes broadcast, types meet in the wider one.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => DivideOp.Default.Apply(left, right);

    /// <summary>The quotient of each pair of elements, never an integer division; the number takes the tensor's type if it can.</summary>
    public static Tensor operator /(Tensor left, double right) => DivideOp.Default.Apply(left, Scalar(right, left));

    /// <inheritdoc cref="operator /(Tensor, double)"/>
    public static Tensor operator /(double left, Tensor right) => DivideOp.Default.Apply(Scalar(left, right), right);
}

/// <summary>y = a/b,  dy/da = 1/b, dy/db = -y/b.</summary>
internal sealed record DivideOp() : BinaryOp<DivideOp.Body>(default(Body))
{
    public static readonly DivideOp Default = new();

    public override string Sign => "/";

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override bool TakesIntegers => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => operand == 0 ? b.Reciprocal() : -y / b;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => a / b;
    }
}
