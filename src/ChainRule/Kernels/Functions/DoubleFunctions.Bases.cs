using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    // ln 2 as one double and its rest.
    private const double Ln2 = 0.6931471805599453;
    private const double Ln2Rest = 2.3190468138462996e-17;

    /// <summary>The logarithm to base 2, exact for powers of 2; -infinity at zeros, NaN below.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Log2<V>(V x) where V : struct, IBitLane<V, double> => LogTimes(x, Log2E, 2.0355273740931033e-17);

    /// <summary>The logarithm to base 10, exact for powers of 10; -infinity at zeros, NaN below.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Log10<V>(V x) where V : struct, IBitLane<V, double> => LogTimes(x, 0.4342944819032518, 1.098319650216765e-17);

    /// <summary>2^x, exact for integers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Exp2<V>(V x) where V : struct, IBitLane<V, double>
    {
        // Beyond these limits the result is 0 or infinity anyway. x = k + f, 2^x = 2^k e^(f ln 2).
        x = V.Lesser(V.Constant(1100), V.Greater(V.Constant(-1100), x));
        V k = V.Round(x), f = x - k;
        V r = f * V.Constant(Ln2);
        V rLow = V.ExactFma(f, V.Constant(Ln2), -r) + f * V.Constant(Ln2Rest);
        V sum = Sum(V.Constant(1), r, out V sumLow);
        return V.Scale(sum + (sumLow + (ExpTail(r) + rLow)), k);
    }

    /// <summary>(high + low) log(x), the logarithm in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogTimes<V>(V x, double high, double low) where V : struct, IBitLane<V, double>
    {
        V log = LogInTwo(x, out V logLow);
        V product = log * V.Constant(high);
        V rest = V.ExactFma(log, V.Constant(high), -product) + V.Fma(log, V.Constant(low), logLow * V.Constant(high));
        return LogLimits(x, x, product + rest);
    }
}
