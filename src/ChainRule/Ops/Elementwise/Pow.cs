using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Each element to the power of the exponent's element; 1 for any base to the power of 0.</summary>
    /// <remarks>Integers to the power of integers stay integers, exact or wrapping around as products do. A base or an exponent with fractions makes the result one.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Both are integers and an exponent is negative.</exception>
    public Tensor Pow(Tensor exponent)
    {
        ArgumentNullException.ThrowIfNull(exponent);
        if (AreWhole(this, exponent) && exponent.ElementCount > 0)
            Recording.Inspect(exponent, values => values.To(DType.Int64).Min().Item<long>() >= 0 ? true : throw Fractional(exponent));
        return PowOp.Default.Apply(this, exponent);
    }

    /// <summary>Each element to the power of <paramref name="exponent"/>.</summary>
    /// <remarks>Integers stay integers if the exponent has no fraction, exact or wrapping around as products do; otherwise they become float32.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The elements are integers and the exponent is a negative one.</exception>
    public Tensor Pow(double exponent)
    {
        Tensor number = Scalar(exponent, this);
        return exponent < 0 && AreWhole(this, number) ? throw Fractional(number) : PowOp.Default.Apply(this, number);
    }

    private static bool AreWhole(Tensor x, Tensor exponent) => !x.DType.IsFloating() && !exponent.DType.IsFloating();

    private ArgumentOutOfRangeException Fractional(Tensor exponent) => new(
        nameof(exponent),
        $"Pow: {DType.Lower()}{Shape} to the power of {exponent.DType.Lower()}{exponent.Shape}, of which an element is negative: integers have no such powers. Convert one of both to float32.");
}

/// <summary>y = a^b,  dy/da = b·a^(b-1) and 0 for b = 0,  dy/db = y·ln a and 0 for a = 0, b ≥ 0 and for a = inf, b negative.</summary>
internal sealed record PowOp() : BinaryOp<PowOp.Body>(default(Body))
{
    public static readonly PowOp Default = new();

    public override string Sign => "^";

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y)
    {
        if (operand == 0)
            return PowSlopeOp.Default.Apply(a, b);
        Tensor zero = Tensor.ConstantLike(0, y);
        // 0^b ln 0 is 0·(-inf) in the formula and 0 in the limit, and so is inf^-b ln inf.
        Tensor isLimit = a.EqualTo(0).And(b >= 0).Or(a.EqualTo(double.PositiveInfinity).And(b < 0));
        return Tensor.Where(isLimit, zero, y * Tensor.Where(isLimit, Tensor.ConstantLike(1, a), a).Log());
    }

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.Pow(a, b);
    }
}
