using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class SingleFunctions
{
    // e^x is 0 below the first and infinite above the second.
    private const double LowestForExp = -105;
    private const double HighestForExp = 89;

    /// <summary>e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : struct, IBitLane<V, float>
    {
        x = V.Lesser(V.Constant(HighestForExp), V.Greater(V.Constant(LowestForExp), x));
        V n = V.Round(x * V.Constant(Log2E));
        V p = Expm1NearZero(Reduce(x, n));
        return V.Scale(p + V.Constant(1), n);
    }

    /// <summary>e^x - 1, accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1<V>(V x) where V : struct, IBitLane<V, float>
    {
        // From -18 down it is -1.
        V y = V.Lesser(V.Constant(HighestForExp), V.Greater(V.Constant(-18), x));
        V n = V.Round(y * V.Constant(Log2E));
        V p = Expm1NearZero(Reduce(y, n));

        // 2^n p + (2^n - 1). 2^128 is out of range: there 2^127 (2p + 1) takes the place of 2^128 p.
        V isTop = V.LessThan(V.Constant(127), n);
        V scale = PowerOfTwo(V.Lesser(V.Constant(127), n));
        p = V.Select(isTop, V.Fma(p, V.Constant(2), V.Constant(1)), p);
        return WithSignOf(V.Fma(scale, p, scale - V.Constant(1)), x);
    }

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : struct, IBitLane<V, float>
    {
        // From 9.02 on it is 1.
        V size = V.Lesser(V.Constant(10), V.Abs(x));
        V y = V.Select(V.LessThan(size, V.Constant(0.625)), TanhNearZero(size), TanhFarFromZero(size));
        return WithSignOf(y, x);
    }

    /// <summary>x + x^3 p(x^2), for x up to 5/8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TanhNearZero<V>(V x) where V : struct, IBitLane<V, float>
    {
        V z = x * x;
        V p = V.Fma(z, V.Constant(-0.00569229805842042), V.Constant(0.02062816731631756));
        p = V.Fma(p, z, V.Constant(-0.05373651534318924));
        p = V.Fma(p, z, V.Constant(0.13331405818462372));
        p = V.Fma(p, z, V.Constant(-0.3333328068256378));
        return V.Fma(x * z, p, x);
    }

    /// <summary>1 - 2 / (e^(2x) + 1), for x from 5/8 to 10.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TanhFarFromZero<V>(V x) where V : struct, IBitLane<V, float>
    {
        V n = V.Round(x * V.Constant(2 * Log2E));
        V p = Expm1NearZero(Reduce(x + x, n));
        V scale = PowerOfTwo(n);
        V one = V.Constant(1);
        return one - V.Constant(2) / V.Fma(scale, p, scale + one);
    }

    /// <summary>x - n ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce<V>(V x, V n) where V : struct, IBitLane<V, float>
        => NumericMode.Portable
            ? (x - n * V.Constant(Ln2Short)) - n * V.Constant(Ln2ShortRest)
            : V.Fma(n, V.Constant(-Ln2Low), V.Fma(n, V.Constant(-Ln2High), x));

    /// <summary>e^r - 1 for |r| up to ln(2) / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Expm1NearZero<V>(V r) where V : struct, IBitLane<V, float>
    {
        V q = V.Fma(r, V.Constant(0.0013817268190905452), V.Constant(0.008368397131562233));
        q = V.Fma(q, r, V.Constant(0.041668303310871124));
        q = V.Fma(q, r, V.Constant(0.1666652411222458));
        q = V.Fma(q, r, V.Constant(0.4999999403953552));
        return V.Fma(r * r, q, r);
    }
}
