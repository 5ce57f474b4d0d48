using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class SingleFunctions
{
    /// <summary>The natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : struct, IBitLane<V, float>
    {
        V m = Split(x, out V k);
        return LogSpecial(x, LogOf(m - V.Constant(1), k));
    }

    /// <summary>log(1 + x), accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V>(V x) where V : struct, IBitLane<V, float>
    {
        V u = x + V.Constant(1);
        V shifted = V.IntegerSubtract(u, V.Bits(SqrtHalf ^ SignBit));
        V k = ExponentOf(shifted);

        // 2^-k (1 + x) - 1 of x itself, since u was rounded; of u where 2^-k is of no weight or no longer normal.
        V scale = PowerOfTwo(-k);
        V f = V.Fma(x, scale, scale - V.Constant(1));
        f = V.Select(V.LessThan(V.Constant(64), k), MantissaOf(shifted) - V.Constant(1), f);
        return WithSignOf(LogSpecial(u, LogOf(f, k)), x);
    }

    /// <summary>x = m 2^k with m from sqrt(1/2) to sqrt(2), for positive finite x, subnormal ones too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Split<V>(V x, out V k) where V : struct, IBitLane<V, float>
    {
        V isSubnormal = V.LessThan(x, V.Constant(SmallestNormal));
        V normal = V.Select(isSubnormal, x * V.Constant(16777216), x);
        V shifted = V.IntegerSubtract(normal, V.Bits(SqrtHalf ^ SignBit));
        k = ExponentOf(shifted) - V.BitAnd(isSubnormal, V.Constant(24));
        return MantissaOf(shifted);
    }

    /// <summary>The exponent, from -256 on, of a pattern from which sqrt(1/2)'s was taken away with its sign flipped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExponentOf<V>(V shifted) where V : struct, IBitLane<V, float>
        // The flipped sign made the field positive: under the exponent of 2^23 it is that much more than 2^23.
        => V.BitOr(V.ShiftRightLogical(shifted, 23), V.Constant(8388608)) - V.Constant(8388608 + 256);

    /// <summary>The mantissa, from sqrt(1/2) on, of such a pattern.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MantissaOf<V>(V shifted) where V : struct, IBitLane<V, float>
        => V.IntegerAdd(V.BitAnd(shifted, V.Bits(MantissaBits)), V.Bits(SqrtHalf));

    /// <summary>log(1 + f) + k ln 2 for 1 + f from sqrt(1/2) to sqrt(2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOf<V>(V f, V k) where V : struct, IBitLane<V, float>
    {
        V p = V.Fma(f, V.Constant(-0.07643908262252808), V.Constant(0.1276574283838272));
        p = V.Fma(p, f, V.Constant(-0.1315862238407135));
        p = V.Fma(p, f, V.Constant(0.14201071858406067));
        p = V.Fma(p, f, V.Constant(-0.16623438894748688));
        p = V.Fma(p, f, V.Constant(0.20001257956027985));
        p = V.Fma(p, f, V.Constant(-0.2500081956386566));
        p = V.Fma(p, f, V.Constant(0.3333333134651184));
        V f2 = f * f;
        V tail = V.Fma(f2 * f, p, V.Fma(f2, V.Constant(-0.5), k * V.Constant(Ln2Low)));
        return V.Fma(k, V.Constant(Ln2High), f + tail);
    }

    /// <summary>The result where x is positive and finite; else what the logarithm of 0, infinity, NaN and negative x is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogSpecial<V>(V x, V result) where V : struct, IBitLane<V, float>
    {
        result = V.Select(V.LessThan(x, V.Constant(double.PositiveInfinity)), result, x);
        result = V.Select(V.Equal(x, V.Constant(0)), V.Constant(double.NegativeInfinity), result);
        return V.Select(V.LessThan(x, V.Constant(0)), V.Constant(double.NaN), result);
    }
}
