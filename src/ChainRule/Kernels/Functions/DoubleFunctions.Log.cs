using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    private const long SqrtHalf = 0x3FE6A09E667F3BCD;

    /// <summary>The natural logarithm; -infinity at zeros, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x) where V : struct, IBitLane<V, double>
    {
        // x = 2^k (1 + f) with 1 + f from sqrt(1/2) to sqrt(2); subnormals are scaled up by 2^54 first.
        V isTiny = V.LessThan(x, V.Constant(SmallestNormal));
        V normal = V.Select(isTiny, x * V.Constant(18014398509481984.0), x);
        V pattern = V.IntegerAdd(normal, V.Bits(One - SqrtHalf));
        V k = Exponent(pattern, V.Select(isTiny, V.Constant(4503599627371573.0), V.Constant(4503599627371519.0)));
        V f = V.IntegerAdd(V.BitAnd(pattern, V.Bits(MantissaBits)), V.Bits(SqrtHalf)) - V.Constant(1);

        V y = LogSum(k, f, k * V.Constant(Ln2Low));
        return LogLimits(x, x, y);
    }

    /// <summary>log(1 + x), without loss near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V>(V x) where V : struct, IBitLane<V, double>
    {
        // u + lost = 1 + x exactly.
        V one = V.Constant(1);
        V u = one + x;
        V added = u - one;
        V lost = (one - (u - added)) + (x - added);

        V pattern = V.IntegerAdd(u, V.Bits(One - SqrtHalf));
        V k = Exponent(pattern, V.Constant(4503599627371519.0));
        V f = V.IntegerAdd(V.BitAnd(pattern, V.Bits(MantissaBits)), V.Bits(SqrtHalf)) - one;

        // Where k = 0, f is x itself. Elsewhere lost / u is at most a unit in the last place, and 1 / (1 + f) may be rough.
        V isOne = V.Equal(k, V.Constant(0));
        V scale = V.ShiftLeft(V.IntegerSubtract(V.Bits(2047), V.ShiftRightLogical(pattern, 52)), 52);
        V correction = V.Constant(0.5) * lost * scale * V.Fma(f, f - one, one);
        f = V.Select(isOne, x, f);
        correction = V.Select(isOne, V.Constant(0), correction);

        V y = LogSum(k, f, V.Fma(k, V.Constant(Ln2Low), correction));
        y = V.Select(V.LessThan(V.Abs(x), V.Constant(5.5511151231257827e-17)), x, y);
        return LogLimits(u, x, y);
    }

    /// <summary>The exponent in the top bits of the pattern, as a number; <paramref name="bias"/> is 2^52 more than its bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exponent<V>(V pattern, V bias) where V : struct, IBitLane<V, double>
        => V.BitOr(V.ShiftRightLogical(pattern, 52), V.Bits(0x4330000000000000)) - bias;

    /// <summary>k ln 2 + log(1 + f) + low, where low holds k times the low part of ln 2; relative error of the fit 2^-59.5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogSum<V>(V k, V f, V low) where V : struct, IBitLane<V, double>
    {
        // log(1 + f) = 2 atanh(s) = f - f^2/2 + s (f^2/2 + z R(z)).
        V s = f / (f + V.Constant(2));
        V z = s * s;
        V rest = V.Fma(z, V.Constant(0.1479828034833641), V.Constant(0.15313830202957818));
        rest = V.Fma(rest, z, V.Constant(0.18183572423549182));
        rest = V.Fma(rest, z, V.Constant(0.22222198427828732));
        rest = V.Fma(rest, z, V.Constant(0.2857142874369567));
        rest = V.Fma(rest, z, V.Constant(0.39999999999409325));
        rest = V.Fma(rest, z, V.Constant(0.6666666666666735));
        V half = V.Constant(0.5) * f * f;
        V tail = low - (half - s * V.Fma(rest, z, half));

        // k ln 2 is 0 or larger than f, so that the rounding error of their sum is found exactly.
        V high = k * V.Constant(Ln2High);
        V sum = high + f;
        V error = f - (sum - high);
        return sum + (error + tail);
    }

    /// <summary>Puts the limits of log(u) in their places; <paramref name="x"/> is returned at infinity and for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogLimits<V>(V u, V x, V y) where V : struct, IBitLane<V, double>
    {
        y = V.Select(V.LessThan(u, V.Constant(double.PositiveInfinity)), y, x);
        y = V.Select(V.Equal(u, V.Constant(0)), V.Constant(double.NegativeInfinity), y);
        return V.Select(V.LessThan(u, V.Constant(0)), V.Constant(double.NaN), y);
    }
}
