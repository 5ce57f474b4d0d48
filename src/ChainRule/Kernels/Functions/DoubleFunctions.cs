using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// The elementary functions on lanes of doubles, at most 2 units in the last place off (measured: below 1.1) over all binades.
/// One body for every width, made of exact operations of the lanes only: the same bits everywhere.
/// </summary>
/// <remarks>Coefficients and tables come from tools/fit-polynomials.py, which states the error of each fit.</remarks>
internal static partial class DoubleFunctions
{
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts; the first has 42 bits, so that its product with an exponent is exact.
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    // 1.5 * 2^52: adding it rounds to an integer, which then stands in the low bits of the pattern.
    private const double RoundingShift = 6755399441055744.0;

    private const long SignBit = long.MinValue;
    private const long MantissaBits = 0x000FFFFFFFFFFFFF;
    private const long One = 0x3FF0000000000000;
    private const double SmallestNormal = 2.2250738585072014E-308;

    /// <summary>exp(r) - 1 - r for |r| up to ln(2) / 2; adds at most 2^-59.9 to the relative error of exp and expm1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpTail<V>(V r) where V : struct, IBitLane<V, double>
    {
        // Two chains, of the even and of the odd powers, halve the wait.
        V r2 = r * r;
        V even = V.Fma(r2, V.Constant(2.0882585956766325e-09), V.Constant(2.755734255115867e-07));
        V odd = V.Fma(r2, V.Constant(2.5108298502799963e-08), V.Constant(2.7557245877676254e-06));
        even = V.Fma(even, r2, V.Constant(2.4801587286845035e-05));
        odd = V.Fma(odd, r2, V.Constant(0.0001984126988499053));
        even = V.Fma(even, r2, V.Constant(0.001388888888888381));
        odd = V.Fma(odd, r2, V.Constant(0.008333333333321813));
        even = V.Fma(even, r2, V.Constant(0.04166666666666669));
        odd = V.Fma(odd, r2, V.Constant(0.16666666666666677));
        even = V.Fma(even, r2, V.Constant(0.5));
        return r2 * V.Fma(odd, r, even);
    }
}
