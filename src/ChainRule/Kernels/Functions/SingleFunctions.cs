using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// The elementary functions on lanes of floats, at most 2 units in the last place off over all binades, subnormal
/// arguments and results included. One body for every width, made of the lanes' exact operations: the same bits everywhere.
/// </summary>
/// <remarks>Coefficients come from tools/fit-single-polynomials.py, which states the error of each fit.</remarks>
internal static partial class SingleFunctions
{
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts. With a fused product the first step of a reduction is exact for all 24 bits of the first.
    private const double Ln2High = 0.6931471824645996;
    private const double Ln2Low = -1.9046542121259336e-09;

    // The same for portable mode: the first has 15 bits, so that its product with an exponent is exact.
    private const double Ln2Short = 0.693145751953125;
    private const double Ln2ShortRest = 1.4286068203094173e-06;

    // 1.5 * 2^23: adding it rounds to an integer, which then stands in the low bits of the pattern.
    private const double RoundingShift = 12582912;

    private const long SignBit = 0x80000000;
    private const long MantissaBits = 0x007FFFFF;
    private const long SqrtHalf = 0x3F3504F3;
    private const double SmallestNormal = 1.1754943508222875e-38;

    /// <summary>The sign of <paramref name="x"/> on a magnitude that has none set: keeps -0 for the odd functions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithSignOf<V>(V magnitude, V x) where V : struct, IBitLane<V, float>
        => V.BitOr(magnitude, V.BitAnd(x, V.Bits(SignBit)));

    /// <summary>2^n for an integer n that was rounded by adding <see cref="RoundingShift"/>; from -126 to 127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfTwo<V>(V n) where V : struct, IBitLane<V, float>
        => V.ShiftLeft(n + V.Constant(RoundingShift + 127), 23);

    /// <summary>2^(f) for |f| up to 1/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exp2NearZero<V>(V f) where V : struct, IBitLane<V, float>
    {
        V p = V.Fma(f, V.Constant(0.00017147329344879836), V.Constant(0.0013423406053334475));
        p = V.Fma(p, f, V.Constant(0.009612302295863628));
        p = V.Fma(p, f, V.Constant(0.055502600967884064));
        p = V.Fma(p, f, V.Constant(0.24022693932056427));
        p = V.Fma(p, f, V.Constant(0.6931472420692444));
        return V.Fma(p, f, V.Constant(1));
    }
}
