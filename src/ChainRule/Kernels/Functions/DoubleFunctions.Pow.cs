using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>x^y, with the special cases of IEEE 754: x^0 = 1^y = 1 even for NaN, NaN for a negative x and a fractional y.</summary>
    /// <remarks>Not inlined: the body is so long that it would use up what the compiler inlines for one caller.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Pow<V>(V x, V y) where V : struct, IBitLane<V, double>
    {
        V one = V.Constant(1);
        V infinity = V.Constant(double.PositiveInfinity);
        V size = V.Abs(x);
        V power = PowOfSize(size, y);

        // (-1)^y is 1 also for infinite y. The sign of x, of zeros too, survives an odd y.
        power = V.Select(V.Equal(size, one), one, power);
        V half = y * V.Constant(0.5);
        V isInteger = V.Equal(V.Truncate(y), y);
        V isOdd = V.And(isInteger, V.Not(V.Equal(V.Truncate(half), half)));
        power = V.BitOr(power, V.And(isOdd, V.BitAnd(x, V.Bits(SignBit))));

        V isNegative = V.And(V.LessThan(x, V.Constant(0)), V.LessThan(size, infinity));
        power = V.Select(V.And(isNegative, V.Not(isInteger)), V.Constant(double.NaN), power);
        power = V.Select(V.Equal(y, y), power, y);
        power = V.Select(V.Equal(x, x), power, x);
        return V.Select(V.Or(V.Equal(x, one), V.Equal(y, V.Constant(0))), one, power);
    }

    /// <summary>x^y for x from 0 to infinity, with the relative error of one rounding and little more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowOfSize<V>(V x, V y) where V : struct, IBitLane<V, double>
    {
        V log = LogInTwo(x, out V logLow);
        V product = log * y;
        V productLow = V.Fma(logLow, y, V.ExactFma(log, y, -product));

        // exp(product + productLow), with 1 + r kept in two parts; beyond the limits the result is 0 or infinity.
        productLow = V.Select(V.LessThan(V.Abs(product), V.Constant(1000)), productLow, V.Constant(0));
        product = V.Lesser(V.Constant(710), V.Greater(V.Constant(-750), product));
        V shifted = V.Fma(product, V.Constant(Log2E), V.Constant(RoundingShift));
        V k = shifted - V.Constant(RoundingShift);
        V exact = V.Fma(k, V.Constant(-Ln2High), product);
        V low = V.Fma(k, V.Constant(-Ln2Low), productLow);
        V r = exact + low;
        V tail = ExpTail(r) + ((exact - r) + low);
        V sum = V.Constant(1) + r;
        V error = (V.Constant(1) - sum) + r;
        return V.Scale(sum + (error + tail), k);
    }

    /// <summary>log(x) as a double and its rest, for x from 0 to infinity: about 68 bits; the fit adds 2^-75.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogInTwo<V>(V x, out V low) where V : struct, IBitLane<V, double>
    {
        // x = 2^k m, m = (1 + r) / c: log(x) = k ln 2 - log(c) + log(1 + r).
        V isTiny = V.LessThan(x, V.Constant(SmallestNormal));
        V normal = V.Select(isTiny, x * V.Constant(18014398509481984.0), x);
        V pattern = V.IntegerAdd(normal, V.Bits(One - LogTableStart));
        V k = Exponent(pattern, V.Select(isTiny, V.Constant(4503599627371573.0), V.Constant(4503599627371519.0)));
        V mantissa = V.BitAnd(pattern, V.Bits(MantissaBits));
        V m = V.IntegerAdd(mantissa, V.Bits(LogTableStart));
        V index = V.ShiftRightLogical(mantissa, 45);
        V r = V.ExactFma(m, V.Gather(Inverses, index), V.Constant(-1));

        // The start is exact and 0 or larger than r; then r, -r^2/2 and the rest are added, with every rounding error kept.
        V start = V.Fma(k, V.Constant(Ln2High), V.Gather(LogsHigh, index));
        V startLow = V.Fma(k, V.Constant(Ln2Low), V.Gather(LogsLow, index));
        V withR = start + r;
        V errorOfR = (start - withR) + r;
        V square = r * r;
        V squareLow = V.ExactFma(r, r, -square);
        V withSquare = V.Fma(square, V.Constant(-0.5), withR);
        V errorOfSquare = V.Fma(square, V.Constant(-0.5), withR - withSquare);

        V p = V.Fma(r, V.Constant(0.11541189412916443), V.Constant(-0.12500422702418174));
        p = V.Fma(p, r, V.Constant(0.14285690695435163));
        p = V.Fma(p, r, V.Constant(-0.16666666661877227));
        p = V.Fma(p, r, V.Constant(0.2000000000039139));
        p = V.Fma(p, r, V.Constant(-0.2500000000000001));
        p = V.Fma(p, r, V.Constant(0.3333333333333333));
        V rest = V.Fma(squareLow, V.Constant(-0.5), startLow) + (errorOfR + errorOfSquare);
        rest = V.Fma(square * r, p, rest);

        V log = withSquare + rest;
        low = (withSquare - log) + rest;
        log = V.Select(V.Equal(x, V.Constant(0)), V.Constant(double.NegativeInfinity), log);
        return V.Select(V.LessThan(x, V.Constant(double.PositiveInfinity)), log, x);
    }
}
