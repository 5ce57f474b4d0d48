using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>⌊a/b⌋ of each pair of elements, as Python's //: it agrees with <see cref="Remainder(Tensor, Tensor)"/>, and integers stay integers.</summary>
    /// <exception cref="DivideByZeroException">Both are integers and a divisor is 0.</exception>
    public static Tensor FloorDivide(Tensor left, Tensor right)
    {
        RequireDivisors(left, right, nameof(FloorDivide));
        return FloorDivideOp.Default.Apply(left, right);
    }

    /// <inheritdoc cref="FloorDivide(Tensor, Tensor)"/>
    public static Tensor FloorDivide(Tensor left, double right) => FloorDivide(left, Scalar(right, left));
}

/// <summary>y = ⌊a/b⌋;  its derivative is zero.</summary>
internal sealed record FloorDivideOp() : BinaryOp<FloorDivideOp.Body>(default(Body))
{
    public static readonly FloorDivideOp Default = new();

    public override bool IsDifferentiable => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => Partial.Zero;

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V>
        {
            // The rest is exact, so the quotient is whole but for its rounding.
            V rest = V.Modulo(a, b), zero = V.Constant(0);
            V quotient = V.Round((a - rest) / b);
            V isOther = V.Or(V.And(V.LessThan(rest, zero), V.LessThan(zero, b)), V.And(V.LessThan(zero, rest), V.LessThan(b, zero)));
            quotient = V.Select(isOther, quotient - V.Constant(1), quotient);
            V exact = a / b;
            // A quotient of 0 has the sign of both operands together.
            quotient = V.Select(V.Equal(quotient, zero), zero * exact, quotient);
            return V.Select(V.Equal(b, zero), exact, quotient);
        }
    }
}
