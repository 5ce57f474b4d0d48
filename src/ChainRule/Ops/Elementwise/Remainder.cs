using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The remainder a - b⌊a/b⌋ of each pair of elements, with the sign of the divisor, also of a 0, as in Python; exact up to one rounding.</summary>
    /// <exception cref="DivideByZeroException">Both are integers and a divisor is 0.</exception>
    public static Tensor Remainder(Tensor left, Tensor right)
    {
        RequireDivisors(left, right, nameof(Remainder));
        return RemainderOp.Default.Apply(left, right);
    }

    /// <inheritdoc cref="Remainder(Tensor, Tensor)"/>
    public static Tensor Remainder(Tensor left, double right) => Remainder(left, Scalar(right, left));

    /// <summary>Refuses a 0 among integer divisors, before a kernel meets it on another thread.</summary>
    private static void RequireDivisors(Tensor left, Tensor right, string operation)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.DType.IsFloating() || right.DType.IsFloating() || right.ElementCount == 0)
            return;
        Recording.Inspect(right, values => values.To(DType.Int64).EqualTo(0).To(DType.Int32).Max().Item<int>() == 0
            ? true
            : throw new DivideByZeroException($"{operation}: the divisor {right.DType.Lower()}{right.Shape} has an element that is 0. Convert an operand to float32 to get NaN there."));
    }
}

/// <summary>y = a - b⌊a/b⌋,  dy/da = 1, dy/db = -⌊a/b⌋.</summary>
internal sealed record RemainderOp() : BinaryOp<RemainderOp.Body>(default(Body))
{
    public static readonly RemainderOp Default = new();

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y) => operand == 0 ? Partial.One : -((a - y) / b).Round();

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V>
        {
            V rest = V.Modulo(a, b), zero = V.Constant(0);
            V isOther = V.Or(V.And(V.LessThan(rest, zero), V.LessThan(zero, b)), V.And(V.LessThan(zero, rest), V.LessThan(b, zero)));
            V signed = V.Select(V.LessThan(b, zero), -zero, zero);
            return V.Select(V.Equal(rest, zero), signed, V.Select(isOther, rest + b, rest));
        }
    }
}
