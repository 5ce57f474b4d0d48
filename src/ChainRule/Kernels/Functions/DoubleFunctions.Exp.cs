using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : struct, IBitLane<V, double>
    {
        // Beyond these limits the result is 0 or infinity anyway. x = k ln 2 + r, e^x = 2^k e^r.
        x = V.Lesser(V.Constant(710), V.Greater(V.Constant(-750), x));
        V shifted = V.Fma(x, V.Constant(Log2E), V.Constant(RoundingShift));
        V k = shifted - V.Constant(RoundingShift);
        V r = V.Fma(k, V.Constant(-Ln2High), x);
        r = V.Fma(k, V.Constant(-Ln2Low), r);
        return V.Scale(V.Constant(1) + (r + ExpTail(r)), k);
    }

    /// <summary>e^x - 1, without loss near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1<V>(V x) where V : struct, IBitLane<V, double>
    {
        V limited = V.Lesser(V.Constant(710), V.Greater(V.Constant(-40), x));
        V shifted = V.Fma(limited, V.Constant(Log2E), V.Constant(RoundingShift));
        V k = shifted - V.Constant(RoundingShift);
        V exact = V.Fma(k, V.Constant(-Ln2High), limited);
        V r = V.Fma(k, V.Constant(-Ln2Low), exact);
        V tail = ExpTail(r) + V.Fma(k, V.Constant(-Ln2Low), exact - r);

        // Half of 2^k (1 + r + tail) - 1, since 2^1024 is no number: the leading sum and its rounding error, then the tail.
        V scale = V.ShiftLeft(V.IntegerAdd(shifted, V.Bits(1022)), 52);
        V start = scale - V.Constant(0.5);
        V sum = V.Fma(scale, r, start);
        V error = V.Fma(scale, r, start - sum);
        V y = V.Constant(2) * (sum + V.Fma(scale, tail, error));

        return V.Select(V.LessThan(V.Abs(x), V.Constant(5.5511151231257827e-17)), x, y);
    }
}
