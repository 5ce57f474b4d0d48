using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class SingleFunctions
{
    private const double TwoOverPi = 0.6366197723675814;

    // pi/2 in three parts of 24 bits.
    private const double HalfPiHigh = 1.5707963705062866;
    private const double HalfPiMiddle = -4.371138828673793e-08;
    private const double HalfPiLow = -1.7151245100058819e-15;

    private const double LargestForParts = 262144;

    // Larger arguments are worked out in double, one at a time.
    private static readonly Func<float, float> SinInDouble = static x => (float)DoubleFunctions.Sin(new Double1(x)).Value;
    private static readonly Func<float, float> CosInDouble = static x => (float)DoubleFunctions.Cos(new Double1(x)).Value;

    /// <summary>The sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V>(V x) where V : struct, IBitLane<V, float>
    {
        V size = V.Abs(x);
        V y = V.BitXor(SinOfQuadrant(size, V.Bits(0)), V.BitAnd(x, V.Bits(SignBit)));
        V isLarge = V.LessThan(V.Constant(LargestForParts), size);
        return V.Any(isLarge) ? V.Select(isLarge, V.Map(x, SinInDouble), y) : y;
    }

    /// <summary>The cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V>(V x) where V : struct, IBitLane<V, float>
    {
        V size = V.Abs(x);
        V y = SinOfQuadrant(size, V.Bits(1));
        V isLarge = V.LessThan(V.Constant(LargestForParts), size);
        return V.Any(isLarge) ? V.Select(isLarge, V.Map(x, CosInDouble), y) : y;
    }

    /// <summary>sin(size + quarter pi/2) for a size of at least 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinOfQuadrant<V>(V size, V quarter) where V : struct, IBitLane<V, float>
    {
        V shifted = V.Fma(size, V.Constant(TwoOverPi), V.Constant(RoundingShift));
        V n = shifted - V.Constant(RoundingShift);
        V r = V.ExactFma(n, V.Constant(-HalfPiHigh), size);
        r = V.ExactFma(n, V.Constant(-HalfPiMiddle), r);
        r = V.ExactFma(n, V.Constant(-HalfPiLow), r);

        V quadrant = V.IntegerAdd(shifted, quarter);
        V isOdd = V.IntegerSubtract(V.Bits(0), V.BitAnd(quadrant, V.Bits(1)));
        V sign = V.ShiftLeft(V.BitAnd(quadrant, V.Bits(2)), 30);
        V z = r * r;
        return V.BitXor(V.Select(isOdd, CosNearZero(z), SinNearZero(r, z)), sign);
    }

    /// <summary>sin r for |r| up to pi/4, z = r^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinNearZero<V>(V r, V z) where V : struct, IBitLane<V, float>
    {
        V p = V.Fma(z, V.Constant(-0.00019517897453624755), V.Constant(0.008332187309861183));
        p = V.Fma(p, z, V.Constant(-0.16666655242443085));
        return V.Fma(r * z, p, r);
    }

    /// <summary>cos r for |r| up to pi/4, z = r^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosNearZero<V>(V z) where V : struct, IBitLane<V, float>
    {
        V p = V.Fma(z, V.Constant(2.4432327336398885e-05), V.Constant(-0.0013887309469282627));
        p = V.Fma(p, z, V.Constant(0.04166664555668831));
        p = V.Fma(p, z, V.Constant(-0.5));
        return V.Fma(p, z, V.Constant(1));
    }
}
