using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The bits that are set in both of each pair of integers; for bool, whether both are true.</summary>
    /// <exception cref="DTypeException">An operand has fractions.</exception>
    public static Tensor BitwiseAnd(Tensor left, Tensor right)
    {
        RequireBits(left, right, nameof(BitwiseAnd));
        return left.DType == DType.Bool && right.DType == DType.Bool ? left.And(right) : BitwiseAndOp.Default.Apply(left, right);
    }

    /// <summary>The bits that are set in at least one of each pair of integers; for bool, whether at least one is true.</summary>
    /// <inheritdoc cref="BitwiseAnd"/>
    public static Tensor BitwiseOr(Tensor left, Tensor right)
    {
        // a + b counts the common bits twice; wrapping around does no harm.
        RequireBits(left, right, nameof(BitwiseOr));
        return left.DType == DType.Bool && right.DType == DType.Bool ? left.Or(right) : left + right - BitwiseAnd(left, right);
    }

    /// <summary>The bits that are set in exactly one of each pair of integers; for bool, whether exactly one is true.</summary>
    /// <inheritdoc cref="BitwiseAnd"/>
    public static Tensor BitwiseXor(Tensor left, Tensor right)
    {
        RequireBits(left, right, nameof(BitwiseXor));
        return left.DType == DType.Bool && right.DType == DType.Bool ? left.Xor(right) : BitwiseOr(left, right) - BitwiseAnd(left, right);
    }

    /// <summary>The other bits of each integer, -x - 1; for bool, the opposite.</summary>
    /// <exception cref="DTypeException">This tensor has fractions.</exception>
    public Tensor BitwiseNot()
    {
        RequireBits(this, this, nameof(BitwiseNot));
        return DType == DType.Bool ? Not() : -this - 1;
    }

    private static void RequireBits(Tensor left, Tensor right, string operation)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.DType.IsFloating() || right.DType.IsFloating())
            throw new DTypeException($"{operation}: the operands are {left.DType.Lower()}{left.Shape} and {right.DType.Lower()}{right.Shape}, but must be integers or bool. Convert them with .To(DType.Int64).");
        Shape.Broadcast(left.Shape, right.Shape, operation);
    }
}

/// <summary>y = the common bits of a and b;  its derivative is zero.</summary>
internal sealed record BitwiseAndOp() : BinaryOp<BitwiseAndOp.Body>(default(Body))
{
    public static readonly BitwiseAndOp Default = new();

    public override bool IsDifferentiable => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => Partial.Zero;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.And(a, b);
    }
}
