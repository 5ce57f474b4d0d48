using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class SingleFunctions
{
    // 2 / ln 2 and a third of it, in two parts.
    private const double TwoOverLn2High = 2.885390043258667;
    private const double TwoOverLn2Low = 3.851926067000022e-08;
    private const double ThirdHigh = 0.9617967009544373;
    private const double ThirdLow = -7.028461812552678e-09;

    /// <summary>x^y with the special cases of IEEE 754: 1 for y = 0 and for x = 1 whatever the other is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Pow<V>(V x, V y) where V : struct, IBitLane<V, float>
    {
        V size = V.Abs(x);
        V infinity = V.Constant(double.PositiveInfinity);
        V isInteger = V.Equal(V.Truncate(y), y);
        V half = y * V.Constant(0.5);
        V isOdd = V.And(isInteger, V.Not(V.Equal(V.Truncate(half), half)));

        V power = V.BitOr(PowOfSize(size, y), V.BitAnd(V.BitAnd(x, V.Bits(SignBit)), isOdd));
        V isComplex = V.And(V.And(V.LessThan(x, V.Constant(0)), V.LessThan(size, infinity)), V.Not(isInteger));
        power = V.Select(isComplex, V.Constant(double.NaN), power);

        V isOne = V.Or(V.Equal(x, V.Constant(1)), V.Equal(y, V.Constant(0)));
        isOne = V.Or(isOne, V.And(V.Equal(size, V.Constant(1)), V.Equal(V.Abs(y), infinity)));
        return V.Select(isOne, V.Constant(1), power);
    }

    /// <summary>2^(y log2 size), NaN where that is 0 times infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowOfSize<V>(V size, V y) where V : struct, IBitLane<V, float>
    {
        V high = Log2(size, out V low);
        V product = y * high;
        V rest = V.ExactFma(y, high, -product) + y * low;

        // Beyond 256 the result is 0 or infinite, and there the rest may be NaN.
        V isFinite = V.LessThan(V.Abs(product), V.Constant(256));
        V clamped = V.Lesser(V.Constant(200), V.Greater(V.Constant(-200), product));
        V n = V.Round(clamped);
        V f = (clamped - n) + V.BitAnd(isFinite, rest);
        return V.Scale(Exp2NearZero(f), n);
    }

    /// <summary>The logarithm to base 2 of a size as the sum of two floats, to 2^-36 or so of itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log2<V>(V size, out V low) where V : struct, IBitLane<V, float>
    {
        V one = V.Constant(1);
        V m = Split(size, out V k);

        // s = (m - 1) / (m + 1), whose numerator is exact.
        V f = m - one;
        V d = m + one;
        V dLow = m - (d - one);
        V inverse = one / d;
        V s = f * inverse;
        V sLow = V.Fma(-s, dLow, V.ExactFma(-s, d, f)) * inverse;

        // z = s^2; third = 2 / (3 ln 2) + z p(z).
        V z = s * s;
        V zLow = V.Fma(s + s, sLow, V.ExactFma(s, s, -z));
        V p = V.Fma(z, V.Constant(0.3378197252750397), V.Constant(0.4118499457836151));
        p = V.Fma(p, z, V.Constant(0.5770801901817322)) * z;
        V third = p + V.Constant(ThirdHigh);
        V thirdLow = ((V.Constant(ThirdHigh) - third) + p) + V.Constant(ThirdLow);

        // factor = 2 / ln 2 + z third.
        V square = z * third;
        V squareLow = V.Fma(z, thirdLow, V.Fma(zLow, third, V.ExactFma(z, third, -square)));
        V factor = square + V.Constant(TwoOverLn2High);
        V factorLow = ((V.Constant(TwoOverLn2High) - factor) + square) + (squareLow + V.Constant(TwoOverLn2Low));

        // k + s factor.
        V t = s * factor;
        V tLow = V.Fma(s, factorLow, V.Fma(sLow, factor, V.ExactFma(s, factor, -t)));
        V high = k + t;
        low = ((k - high) + t) + tLow;

        high = V.Select(V.Equal(size, V.Constant(0)), V.Constant(double.NegativeInfinity), high);
        return V.Select(V.LessThan(size, V.Constant(double.PositiveInfinity)), high, size);
    }
}
