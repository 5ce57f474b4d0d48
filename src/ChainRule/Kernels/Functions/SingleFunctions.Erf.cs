using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class SingleFunctions
{
    /// <summary>The error function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V>(V x) where V : struct, IBitLane<V, float>
    {
        // From 3.92 on it is 1.
        V size = V.Lesser(V.Constant(4), V.Abs(x));
        V y = V.Select(V.LessThan(size, V.Constant(1)), ErfNearZero(size), ErfFarFromZero(size));
        return WithSignOf(y, x);
    }

    /// <summary>x + x p(x^2), for x up to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfNearZero<V>(V x) where V : struct, IBitLane<V, float>
    {
        V z = x * x;
        V p = V.Fma(z, V.Constant(7.806903886375949e-05), V.Constant(-0.0007997853099368513));
        p = V.Fma(p, z, V.Constant(0.005187162198126316));
        p = V.Fma(p, z, V.Constant(-0.026853347197175026));
        p = V.Fma(p, z, V.Constant(0.11283578723669052));
        p = V.Fma(p, z, V.Constant(-0.3761262595653534));
        p = V.Fma(p, z, V.Constant(0.12837916612625122));
        return V.Fma(p, x, x);
    }

    /// <summary>1 - 2^(x q(x)), for x from 1 to 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfFarFromZero<V>(V x) where V : struct, IBitLane<V, float>
    {
        V q = V.Fma(x, V.Constant(0.0003038915165234357), V.Constant(-0.004597782623022795));
        q = V.Fma(q, x, V.Constant(0.03289123252034187));
        q = V.Fma(q, x, V.Constant(-0.1516505926847458));
        q = V.Fma(q, x, V.Constant(-0.9173108339309692));
        q = V.Fma(q, x, V.Constant(-1.6280525922775269));
        V exponent = q * x;
        V n = V.Round(exponent);
        return V.Fma(-PowerOfTwo(n), Exp2NearZero(exponent - n), V.Constant(1));
    }
}
