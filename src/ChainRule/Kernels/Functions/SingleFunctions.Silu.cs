using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class SingleFunctions
{
    // e^(-s) times s is 0 beyond.
    private const double HighestForSilu = 150;

    /// <summary>x σ(x) for the logistic function σ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Silu<V>(V x) where V : struct, IBitLane<V, float>
    {
        V e = ExpOfNegatedSize(x, out V s, out V k, out V t);
        V p = s * e, d = V.Constant(1) + t;
        V y = LessTail(x, p, V.ExactFma(s, e, -p), d, t - (d - V.Constant(1)), k);
        return V.Select(V.LessThan(s, V.Constant(SmallestNormal)), V.Constant(0.5) * x, y);
    }

    /// <summary>x tanh(log(1 + e^x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Mish<V>(V x) where V : struct, IBitLane<V, float>
    {
        // With t = e^(-|x|), tanh is t (t + 2) / (t (t + 2) + 2) for x < 0 and 1 - 2 t^2 / (t (2 t + 2) + 1) above.
        V e = ExpOfNegatedSize(x, out V s, out V k, out V t);
        V isNegative = V.LessThan(x, V.Constant(0)), two = V.Constant(2);
        V u = V.Select(isNegative, t, t + t), sum = u + two, sumLow = u - (sum - two);
        V start = V.Select(isNegative, two, V.Constant(1));
        V d = V.Fma(t, sum, start), dLow = V.Fma(t, sumLow, V.ExactFma(t, sum, start - d));
        V factor = V.Select(isNegative, sum, u), factorLow = V.Select(isNegative, sumLow, V.Constant(0));
        V m = e * factor, mLow = V.Fma(e, factorLow, V.ExactFma(e, factor, -m));
        V p = m * s;
        return LessTail(x, p, V.Fma(mLow, s, V.ExactFma(m, s, -p)), d, dLow, k);
    }

    /// <summary>e^(-s) / 2^k for s = |x|, near 1, and t = e^(-s) where that is not far below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfNegatedSize<V>(V x, out V s, out V k, out V t) where V : struct, IBitLane<V, float>
    {
        s = V.Lesser(V.Constant(HighestForSilu), V.Abs(x));
        k = V.Round(s * V.Constant(-Log2E));
        V e = V.Constant(1) + Expm1NearZero(Reduce(-s, k));
        t = e * PowerOfTwo(V.Greater(k, V.Constant(-100)));
        return e;
    }

    /// <summary>x - tail, or -tail for a negative x, with tail = 2^k (p + pLow) / (d + dLow): one division, its rounding errors put back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LessTail<V>(V x, V p, V pLow, V d, V dLow, V k) where V : struct, IBitLane<V, float>
    {
        V inverse = V.Constant(1) / d;
        V q = p * inverse;
        V tail = V.Scale(V.Fma(V.ExactFma(-q, d, p) + (pLow - q * dLow), inverse, q), k);
        // -0 - tail for a negative x; -0 stays, and so does NaN.
        return V.Greater(V.Constant(-0.0), x) - tail;
    }
}
