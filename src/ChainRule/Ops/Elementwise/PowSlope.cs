using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The derivative of a power by its base: y = b·a^(b-1) and 0 for b = 0, the exponent without its rounding error, which is ln a times
/// as large in the power;  dy/da = b(b-1)·a^(b-2),  dy/db = a^(b-1)·(1 + b·ln a), both 0 at the origin.
/// </summary>
internal sealed record PowSlopeOp() : BinaryOp<PowSlopeOp.Body>(default(Body))
{
    public static readonly PowSlopeOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    protected override bool TakesIntegers => false;

    protected override Partial Derivative(int operand, Tensor a, Tensor b, Tensor y)
    {
        if (operand == 0)
            return Tensor.Where(b.EqualTo(0), 0, b * Default.Apply(a, b - 1));
        Tensor isZero = a.EqualTo(0), isOrigin = isZero.And(b.EqualTo(0)), isAtZero = isZero.And(b >= 1);
        // 0^(b-1) ln 0 is 0·(-inf) in the formula and 0 in the limit.
        Tensor power = Tensor.Where(isOrigin, 1, a).Pow(b - 1);
        Tensor turned = Tensor.Where(isAtZero, 0, power * Tensor.Where(isZero.And(b >= 0), 1, a).Log());
        return Tensor.Where(isOrigin, 0, power + b * turned);
    }

    public readonly struct Body : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b) where V : struct, ILane<V>
        {
            V zero = V.Constant(0), one = V.Constant(1), exponent = b - one, difference = exponent - b;
            V rest = (b - (exponent - difference)) - (one + difference);
            // Infinite and undefined logarithms have nothing to correct.
            V correction = rest * V.Log(V.Abs(a));
            correction = V.Select(V.LessThan(V.Abs(correction), V.Constant(0.5)), correction, zero);
            return V.Select(V.Equal(b, zero), zero, b * V.Pow(a, exponent) * (one + correction));
        }
    }
}
