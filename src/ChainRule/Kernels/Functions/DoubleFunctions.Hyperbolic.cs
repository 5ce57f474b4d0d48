using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>The hyperbolic sine.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Sinh<V>(V x) where V : struct, IBitLane<V, double>
    {
        V size = V.Lesser(V.Constant(720), V.Abs(x));
        V e = ExpInTwo(size, V.Constant(0), out V k, out V low);
        V sum = Sum(e, -Inverse(e, k), out V sumLow);
        V y = V.Scale(sum + (sumLow + low), k - V.Constant(1));
        return V.BitOr(V.Select(V.LessThan(size, V.Constant(1)), SinhNearZero(size), y), V.BitAnd(x, V.Bits(SignBit)));
    }

    /// <summary>The hyperbolic cosine.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Cosh<V>(V x) where V : struct, IBitLane<V, double>
    {
        V size = V.Lesser(V.Constant(720), V.Abs(x));
        V e = ExpInTwo(size, V.Constant(0), out V k, out V low);
        V sum = Sum(e, Inverse(e, k), out V sumLow);
        return V.Scale(sum + (sumLow + low), k - V.Constant(1));
    }

    /// <summary>The inverse of the hyperbolic sine.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Asinh<V>(V x) where V : struct, IBitLane<V, double>
    {
        // log(1 + x + x^2 / (1 + sqrt(1 + x^2))), the argument in two parts; log(2 x) where x^2 + 1 is x^2.
        V size = V.Abs(x), square = size * size, one = V.Constant(1);
        V sum = SumOfAny(one, size, out V first);
        V u = SumOfAny(sum, square / (one + V.Sqrt(one + square)), out V second);
        V isLarge = V.LessThan(V.Constant(268435456), size);
        u = V.Select(isLarge, size, u);
        V y = LogOfSum(u, V.Select(isLarge, V.Constant(0), first + second), V.BitAnd(isLarge, V.Constant(Ln2High + Ln2Low)));
        return V.BitOr(y, V.BitAnd(x, V.Bits(SignBit)));
    }

    /// <summary>The inverse of the hyperbolic cosine, at least 0; NaN below 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Acosh<V>(V x) where V : struct, IBitLane<V, double>
    {
        // log(x + sqrt(x^2 - 1)), in two parts; log(2 x) where x^2 - 1 is x^2.
        V square = x * x;
        V rest = square - V.Constant(1);
        V restLow = ((square - rest) - V.Constant(1)) + V.ExactFma(x, x, -square);
        V root = Root(rest, restLow, out V rootLow);
        V u = Sum(x, root, out V uLow);
        V isLarge = V.LessThan(V.Constant(268435456), x);
        u = V.Select(isLarge, x, u);
        V y = LogOfSum(u, V.Select(isLarge, V.Constant(0), uLow + rootLow), V.BitAnd(isLarge, V.Constant(Ln2High + Ln2Low)));
        return V.Select(V.LessThan(x, V.Constant(1)), V.Constant(double.NaN), y);
    }

    /// <summary>The inverse of the hyperbolic tangent; infinite at 1 and -1, NaN beyond.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Atanh<V>(V x) where V : struct, IBitLane<V, double>
    {
        // log(1 + 2 x / (1 - x)) / 2, the argument in two parts.
        V size = V.Abs(x), one = V.Constant(1);
        V d = one - size;
        V q = Quotient(size + size, V.Constant(0), d, (one - d) - size, out V qLow);
        V u = SumOfAny(one, q, out V uLow);
        V low = V.Select(V.LessThan(u, V.Constant(double.PositiveInfinity)), uLow + qLow, V.Constant(0));
        V y = LogLimits(u, u, LogOfSum(u, low, V.Constant(0)));
        return V.BitOr(V.Constant(0.5) * y, V.BitAnd(x, V.Bits(SignBit)));
    }

    /// <summary>e^(x + xLow) / 2^k, near 1, as a double and its rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpInTwo<V>(V x, V xLow, out V k, out V low) where V : struct, IBitLane<V, double>
    {
        k = V.Fma(x, V.Constant(Log2E), V.Constant(RoundingShift)) - V.Constant(RoundingShift);
        V exact = V.Fma(k, V.Constant(-Ln2High), x);
        V r = Sum(exact, V.Fma(k, V.Constant(-Ln2Low), xLow), out V rLow);
        V sum = Sum(V.Constant(1), r, out V sumLow);
        return Sum(sum, sumLow + (ExpTail(r) + rLow), out low);
    }

    /// <summary>2^(-2k) / e for k at least 0; from k = 40 on it is too small to count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inverse<V>(V e, V k) where V : struct, IBitLane<V, double> =>
        V.Scale(V.Constant(1) / e, V.Constant(-2) * V.Lesser(V.Constant(40), k));

    /// <summary>x + x^3/3! + x^5/5! + ... for x from 0 to 1; the first term left out is 2^-65 of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinhNearZero<V>(V x) where V : struct, IBitLane<V, double>
    {
        V z = x * x;
        V p = V.Fma(z, V.Constant(1 / 121645100408832000.0), V.Constant(1 / 355687428096000.0));
        p = V.Fma(p, z, V.Constant(1 / 1307674368000.0));
        p = V.Fma(p, z, V.Constant(1 / 6227020800.0));
        p = V.Fma(p, z, V.Constant(1 / 39916800.0));
        p = V.Fma(p, z, V.Constant(1 / 362880.0));
        p = V.Fma(p, z, V.Constant(1 / 5040.0));
        p = V.Fma(p, z, V.Constant(1 / 120.0));
        p = V.Fma(p, z, V.Constant(1 / 6.0));
        return V.Fma(x * z, p, x);
    }

    /// <summary>log(u + low) + more, for a small low and a positive u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfSum<V>(V u, V low, V more) where V : struct, IBitLane<V, double>
    {
        V y = LogInTwo(u, out V yLow);
        return y + (more + (yLow + low / u));
    }
}
