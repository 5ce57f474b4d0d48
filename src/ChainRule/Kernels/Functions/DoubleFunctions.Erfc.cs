using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>The complement 1 - erf(x), without loss where it is small.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Erfc<V>(V x) where V : struct, IBitLane<V, double>
    {
        V border = V.Constant(0.65);
        V size = V.Abs(x);
        V difference = Sum(V.Constant(1), -x, out V low);
        V near = difference + (low - x * ErfRatio(x * x));
        V far = ErfcTail(size);
        far = V.Select(V.LessThan(x, V.Constant(0)), V.Constant(2) - far, far);
        return V.Select(V.LessThan(size, border), near, far);
    }

    /// <summary>erfc(x) for x from 0.65 on: e^(-x^2) P((x - 3) / (x + 3)) / (1 + 2x), each factor with its rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfcTail<V>(V x) where V : struct, IBitLane<V, double>
    {
        // From 27.3 on it is 0; beyond 28 the polynomial would not hold.
        x = V.Lesser(V.Constant(28), x);
        V square = x * x;
        V e = ExpInTwo(-square, -V.ExactFma(x, x, -square), out V k, out V eLow);
        V t = (x - V.Constant(3)) / (x + V.Constant(3));
        V p = Sum(V.Constant(1.2530080582697296), t * ErfcRatio(t), out V pLow);
        V d = Sum(x + x, V.Constant(1), out V dLow);
        V q = Quotient(p, pLow + V.Constant(4.498232488625383e-17), d, dLow, out V qLow);
        V y = e * q;
        V yLow = V.ExactFma(e, q, -y) + V.Fma(e, qLow, eLow * q);
        return V.Scale(y + yLow, k);
    }

    /// <summary>(P(t) - P(0)) / t; adds at most 2^-57.6 to the relative error of erfc.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfcRatio<V>(V t) where V : struct, IBitLane<V, double>
    {
        V p = V.Fma(t, V.Constant(-2.4184682287808044e-09), V.Constant(-1.4027142499639413e-08));
        p = V.Fma(p, t, V.Constant(3.144283862962007e-08));
        p = V.Fma(p, t, V.Constant(1.0629783839770586e-07));
        p = V.Fma(p, t, V.Constant(-1.334685274515001e-07));
        p = V.Fma(p, t, V.Constant(-6.218616557763199e-07));
        p = V.Fma(p, t, V.Constant(3.535228252466724e-07));
        p = V.Fma(p, t, V.Constant(3.475518485982804e-06));
        p = V.Fma(p, t, V.Constant(-7.309025955993563e-07));
        p = V.Fma(p, t, V.Constant(-2.0101674795759373e-05));
        p = V.Fma(p, t, V.Constant(4.949514860384496e-06));
        p = V.Fma(p, t, V.Constant(0.00012509960249537937));
        p = V.Fma(p, t, V.Constant(-0.00010515983671350156));
        p = V.Fma(p, t, V.Constant(-0.0007798323083068338));
        p = V.Fma(p, t, V.Constant(0.001888690366286079));
        p = V.Fma(p, t, V.Constant(0.002529391819333742));
        p = V.Fma(p, t, V.Constant(-0.02377051491924831));
        p = V.Fma(p, t, V.Constant(0.06830802734380813));
        p = V.Fma(p, t, V.Constant(-0.11927366341528624));
        p = V.Fma(p, t, V.Constant(0.1296451587027649));
        p = V.Fma(p, t, V.Constant(-0.047562294353451044));
        return V.Fma(p, t, V.Constant(-0.1356211061245812));
    }
}
