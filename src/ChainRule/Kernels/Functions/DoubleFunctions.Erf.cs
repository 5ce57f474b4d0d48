using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>The error function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V>(V x) where V : struct, IBitLane<V, double>
    {
        V size = V.Abs(x);
        V inner = V.Fma(size, ErfRatio(size * size), size);
        V y = V.Select(V.LessThan(size, V.Constant(1)), inner, OneLessErfc(size));
        return V.BitOr(y, V.BitAnd(x, V.Bits(SignBit)));
    }

    /// <summary>erf(x) / x - 1 for z = x^2 up to 1; adds at most 2^-56.0 to the relative error of erf.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfRatio<V>(V z) where V : struct, IBitLane<V, double>
    {
        V p = V.Fma(z, V.Constant(-7.607123546688044e-10), V.Constant(1.3616373167280028e-08));
        p = V.Fma(p, z, V.Constant(-1.6183925802869799e-07));
        p = V.Fma(p, z, V.Constant(1.6444143340318486e-06));
        p = V.Fma(p, z, V.Constant(-1.4924465157754216e-05));
        p = V.Fma(p, z, V.Constant(0.0001205528047671791));
        p = V.Fma(p, z, V.Constant(-0.000854832548450088));
        p = V.Fma(p, z, V.Constant(0.005223977596728703));
        p = V.Fma(p, z, V.Constant(-0.026866170641958616));
        p = V.Fma(p, z, V.Constant(0.11283791670936949));
        p = V.Fma(p, z, V.Constant(-0.37612638903183343));
        return V.Fma(p, z, V.Constant(0.12837916709551256));
    }

    /// <summary>1 - e^g(x) for x from 1 up, g = log(erfc); adds at most 2^-57.0 to the relative error of erf.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OneLessErfc<V>(V x) where V : struct, IBitLane<V, double>
    {
        // From 5.93 on the nearest double is 1; beyond 6 the polynomial would not hold.
        x = V.Lesser(V.Constant(6), x);
        V g = V.Fma(x, V.Constant(-4.9270177546894905e-12), V.Constant(2.0443635762992991e-10));
        g = V.Fma(g, x, V.Constant(-3.933222964262893e-09));
        g = V.Fma(g, x, V.Constant(4.64118423132114e-08));
        g = V.Fma(g, x, V.Constant(-3.7322169015287006e-07));
        g = V.Fma(g, x, V.Constant(2.1352399153497695e-06));
        g = V.Fma(g, x, V.Constant(-8.665374067038977e-06));
        g = V.Fma(g, x, V.Constant(2.281682599701458e-05));
        g = V.Fma(g, x, V.Constant(-2.0252540750504648e-05));
        g = V.Fma(g, x, V.Constant(-0.00013507808234074705));
        g = V.Fma(g, x, V.Constant(0.0007706861658713648));
        g = V.Fma(g, x, V.Constant(-0.0019159956722538886));
        g = V.Fma(g, x, V.Constant(0.00041067742692579325));
        g = V.Fma(g, x, V.Constant(0.018990143217464443));
        g = V.Fma(g, x, V.Constant(-0.10270342069678695));
        g = V.Fma(g, x, V.Constant(-0.636643634960234));
        g = V.Fma(g, x, V.Constant(-1.1283740879274462));
        g = V.Fma(g, x, V.Constant(-5.030119814393794e-07));

        V shifted = V.Fma(g, V.Constant(Log2E), V.Constant(RoundingShift));
        V k = shifted - V.Constant(RoundingShift);
        V r = V.Fma(k, V.Constant(-Ln2High), g);
        r = V.Fma(k, V.Constant(-Ln2Low), r);
        V erfc = (V.Constant(1) + (r + ExpTail(r))) * V.ShiftLeft(V.IntegerAdd(shifted, V.Bits(1023)), 52);
        return V.Constant(1) - erfc;
    }
}
