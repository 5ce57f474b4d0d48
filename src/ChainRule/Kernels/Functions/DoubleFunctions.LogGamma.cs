using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>Below this, in size, log |Γ(x)| is -log |x|.</summary>
    private const double TinyForGamma = 8.6736173798840355e-19;

    /// <summary>Asymptotic series begin at 8; smaller arguments are shifted by 8.</summary>
    private const double StartOfSeries = 8;

    /// <summary>The logarithm of the size of the gamma function; infinity at 0 and at negative integers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V LogGamma<V>(V x) where V : struct, IBitLane<V, double>
    {
        V size = V.Abs(x), infinity = V.Constant(double.PositiveInfinity);
        V y = LogGammaOfSize(size, out V low), near = LogGammaNearZeros(size, out V nearLow);
        V isNearZeros = V.And(V.LessThan(V.Constant(0.75), size), V.LessThan(size, V.Constant(2.5)));
        V isNegative = V.LessThan(x, V.Constant(-TinyForGamma)), all = V.Select(isNearZeros, near, y) + V.Select(isNearZeros, nearLow, low);
        // There the absolute error counts, which is less in the sum than in the product.
        if (V.Any(isNegative))
            all = V.Select(isNegative, LogGammaReflected(size, y, low), all);
        return V.Select(V.Equal(size, infinity), infinity, all);
    }

    /// <summary>(x - 1) (x - 2) P(t) with t = (x - 1.375) / (x + 1.375), for x from 0.75 to 2.5, as a double and its rest; relative error 2^-55.2.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V LogGammaNearZeros<V>(V x, out V low) where V : struct, IBitLane<V, double>
    {
        V t = (x - V.Constant(1.375)) / (x + V.Constant(1.375));
        V p = V.Fma(t, V.Constant(-0.03804690238787206), V.Constant(0.035852253896644044));
        p = V.Fma(p, t, V.Constant(-0.022413793698278513));
        p = V.Fma(p, t, V.Constant(0.02245587274889249));
        p = V.Fma(p, t, V.Constant(-0.02937488132342028));
        p = V.Fma(p, t, V.Constant(0.02847830631729796));
        p = V.Fma(p, t, V.Constant(-0.03266725372062479));
        p = V.Fma(p, t, V.Constant(0.031679383722104396));
        p = V.Fma(p, t, V.Constant(-0.03763405955411504));
        p = V.Fma(p, t, V.Constant(0.03630272097739929));
        p = V.Fma(p, t, V.Constant(-0.04431231844495921));
        p = V.Fma(p, t, V.Constant(0.042453563518392606));
        p = V.Fma(p, t, V.Constant(-0.05388314488645014));
        p = V.Fma(p, t, V.Constant(0.05110288520448203));
        p = V.Fma(p, t, V.Constant(-0.0687474321923754));
        p = V.Fma(p, t, V.Constant(0.0641316262584074));
        p = V.Fma(p, t, V.Constant(-0.09501881166486568));
        p = V.Fma(p, t, V.Constant(0.08585501645913203));
        p = V.Fma(p, t, V.Constant(-0.1545048662304342));
        p = V.Fma(p, t, V.Constant(0.12895292459801774));
        p = V.Fma(p, t, V.Constant(-0.4490726785053749));
        V first = V.Constant(0.5024224884952695), q = V.Fma(p, t, first);
        V qLow = V.ExactFma(p, t, first - q) + V.Constant(-5.4815600665889384e-17);

        // The first difference is exact, the second where it is small.
        V a = x - V.Constant(1), b = x - V.Constant(2), bLow = x - (b + V.Constant(2));
        V product = a * b, productLow = V.Fma(a, bLow, V.ExactFma(a, b, -product));
        V y = product * q;
        low = V.Fma(product, qLow, V.Fma(productLow, q, V.ExactFma(product, q, -y)));
        return V.Select(V.Equal(product, V.Constant(0)), V.Constant(0), y);
    }

    /// <summary>log Γ(x) for x from 0 up: Stirling's series, as a double and its rest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V LogGammaOfSize<V>(V x, out V low) where V : struct, IBitLane<V, double>
    {
        V isSmall = V.LessThan(x, V.Constant(StartOfSeries));
        V z = V.Select(isSmall, SumOfAny(x, V.Constant(StartOfSeries), out V zLow), x);
        zLow = V.Select(isSmall, zLow, V.Constant(0));

        // (z - 1/2) (log z - 1) + (log(2 pi) - 1) / 2 + 1/(12 z) - ...
        V log = LogInTwo(z, out V logLow);
        V a = SumOfAny(z, V.Constant(-0.5), out V aLow);
        V b = Sum(log, V.Constant(-1), out V bLow);
        aLow += zLow;
        bLow += logLow + zLow / z;
        V product = a * b;
        V rest = V.ExactFma(a, b, -product) + V.Fma(a, bLow, aLow * b);

        // Γ(x) = Γ(x + 8) / (x (x + 1) ... (x + 7)).
        V p = RisingProduct(x, out V pLow);
        V shift = V.Select(isSmall, LogInTwo(p, out V shiftLow), V.Constant(0));
        shiftLow = V.Select(isSmall, shiftLow + pLow / p, V.Constant(0));
        V y = SumOfAny(product, -shift, out V yLow);
        y = SumOfAny(y, V.Constant(0.4189385332046727), out V constantLow);
        y = SumOfAny(y, Stirling(V.Constant(1) / z), out V seriesLow);
        V limit = V.Select(V.Equal(x, x), V.Constant(double.PositiveInfinity), x);
        V isInRange = V.And(V.LessThan(V.Constant(0), x), V.LessThan(x, V.Constant(2.5563481638716906e305)));
        low = (yLow + constantLow) + (seriesLow + ((rest + V.Constant(1.6728209650585413e-17)) - shiftLow));
        low = V.Select(isInRange, low, V.Constant(0));
        return V.Select(isInRange, y, limit);
    }

    /// <summary>x (x + 1) ... (x + 7) as a double and its rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V RisingProduct<V>(V x, out V low) where V : struct, IBitLane<V, double>
    {
        V product = x;
        low = V.Constant(0);
        for (int i = 1; i < (int)StartOfSeries; i++)
        {
            V factor = SumOfAny(x, V.Constant(i), out V factorLow);
            V next = product * factor;
            V rest = V.ExactFma(product, factor, -next) + V.Fma(product, factorLow, low * factor);
            product = Sum(next, rest, out low);
        }
        return product;
    }

    /// <summary>log |Γ(-x)| = log(pi / (x |sin(pi x)|)) - log Γ(x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V LogGammaReflected<V>(V x, V logGamma, V logGammaLow) where V : struct, IBitLane<V, double>
    {
        V sine = SinCosOfTurn(x - V.Round(x), out V sineLow, out _, out _);
        V m = x * sine, mLow = V.Fma(x, sineLow, V.ExactFma(x, sine, -m));
        V log = LogInTwo(m, out V logLow);
        V start = SumOfAny(V.Constant(1.1447298858494002), -log, out V startLow);
        V y = SumOfAny(start, -logGamma, out V yLow);
        y += yLow + (startLow + (V.Constant(1.0265951162707826e-17) - ((logLow + mLow / m) + logGammaLow)));
        y = LogGammaNearRoots(x, y);
        return V.Select(V.Equal(sine, V.Constant(0)), V.Constant(double.PositiveInfinity), y);
    }

    /// <summary>1/12 i - 1/360 i^3 + ..., Stirling's series in i = 1/z, whose coefficients are B(2k) / (2k (2k - 1)); from z = 8 on the first term left out is 3e-18.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Stirling<V>(V i) where V : struct, IBitLane<V, double>
    {
        V z = i * i;
        V p = V.Fma(z, V.Constant(-174611 / 125400.0), V.Constant(43867 / 244188.0));
        p = V.Fma(p, z, V.Constant(-3617 / 122400.0));
        p = V.Fma(p, z, V.Constant(1 / 156.0));
        p = V.Fma(p, z, V.Constant(-691 / 360360.0));
        p = V.Fma(p, z, V.Constant(1 / 1188.0));
        p = V.Fma(p, z, V.Constant(-1 / 1680.0));
        p = V.Fma(p, z, V.Constant(1 / 1260.0));
        p = V.Fma(p, z, V.Constant(-1 / 360.0));
        return i * V.Fma(p, z, V.Constant(1 / 12.0));
    }
}
