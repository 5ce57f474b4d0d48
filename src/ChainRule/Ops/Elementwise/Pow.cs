using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Each element to the power of the exponent's element; 1 for any base to the power of 0.</summary>
    /// <remarks>Integers become float32 first, as for all functions of fractions, and large powers of them are rounded; a product, x * x, keeps them exact, and so does <c>To(DType.Float64)</c> before, up to 2^53.</remarks>
    public Tensor Pow(Tensor exponent)
    {
        ArgumentNullException.ThrowIfNull(exponent);
        return PowOp.Default.Apply(this, exponent);
    }

    /// <summary>Each element to the power of <paramref name="exponent"/>.</summary>
    /// <inheritdoc cref="Pow(Tensor)"/>
    public Tensor Pow(double exponent) => PowOp.Default.Apply(this, Scalar(exponent, this));
}

/// <summary>y = a^b,  dy/da = b·a^(b-1) and 0 for b = 0,  dy/db = y·ln a and 0 for a = 0, b ≥ 0.</summary>
internal sealed record PowOp() : BinaryOp<PowOp.Body>(default(Body))
{
    public static readonly PowOp Default = new();

    public override string Sign => "^";

    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    protected override bool TakesIntegers => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y)
    {
        if (operand == 0)
            return PowSlopeOp.Default.Apply(a, b);
        Tensor zero = Tensor.ConstantLike(0, y);
        // 0^b ln 0 is 0·(-inf) in the formula and 0 in the limit.
        Tensor isAtZero = a.EqualTo(0).And(b >= 0);
        return Tensor.Where(isAtZero, zero, y * Tensor.Where(isAtZero, Tensor.ConstantLike(1, a), a).Log());
    }

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V> => V.Pow(a, b);
    }
}
