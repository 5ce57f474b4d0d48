using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    private const double QuarterPiHigh = HalfPiHigh / 2;
    private const double QuarterPiLow = HalfPiMiddle / 2;

    /// <summary>The angle between -pi/2 and pi/2 whose tangent is x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Atan<V>(V x) where V : struct, IBitLane<V, double>
    {
        // From 1e17 on the nearest double is that of infinity.
        V zero = V.Constant(0);
        V angle = AngleOf(V.Lesser(V.Constant(1e17), V.Abs(x)), zero, V.Constant(1), zero, zero);
        return V.BitOr(angle, V.BitAnd(x, V.Bits(SignBit)));
    }

    /// <summary>The angle between -pi/2 and pi/2 whose sine is x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Asin<V>(V x) where V : struct, IBitLane<V, double>
    {
        V cosine = OtherSide(x, out V low);
        V angle = AngleOf(V.Abs(x), V.Constant(0), cosine, low, V.Constant(0));
        return V.BitOr(angle, V.BitAnd(x, V.Bits(SignBit)));
    }

    /// <summary>The angle between 0 and pi whose cosine is x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Acos<V>(V x) where V : struct, IBitLane<V, double>
    {
        V sine = OtherSide(x, out V low);
        return AngleOf(sine, low, V.Abs(x), V.Constant(0), V.LessThan(x, V.Constant(0)));
    }

    /// <summary>The angle of the point (x, y), from -pi to pi, with the special cases of the C standard: the signs of zeros count.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Atan2<V>(V y, V x) where V : struct, IBitLane<V, double>
    {
        V zero = V.Constant(0), one = V.Constant(1), infinity = V.Constant(double.PositiveInfinity);
        V height = V.Abs(y), width = V.Abs(x);
        V largest = V.Greater(height, width);
        V isInfinite = V.Equal(largest, infinity);
        height = V.Select(isInfinite, V.BitAnd(V.Equal(height, infinity), one), height);
        width = V.Select(isInfinite, V.BitAnd(V.Equal(width, infinity), one), width);
        width = V.Select(V.Equal(largest, zero), one, width);

        // Neither the sum nor the rest of the division may leave the range.
        V scale = V.Select(V.LessThan(largest, V.Constant(1e-240)), V.Constant(1.6069380442589903e60), one);
        scale = V.Select(V.LessThan(V.Constant(1e240), largest), V.Constant(6.223015277861142e-61), scale);
        V isLeft = V.LessThan(V.BitOr(V.BitAnd(x, V.Bits(SignBit)), one), zero);
        V angle = AngleOf(height * scale, zero, width * scale, zero, isLeft);
        angle = V.BitOr(angle, V.BitAnd(y, V.Bits(SignBit)));
        return V.Select(V.And(V.Equal(x, x), V.Equal(y, y)), angle, x + y);
    }

    /// <summary>sqrt(1 - x^2) as a double and its rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OtherSide<V>(V x, out V low) where V : struct, IBitLane<V, double>
    {
        V square = x * x;
        V rest = V.Constant(1) - square;
        V restLow = ((V.Constant(1) - rest) - square) - V.ExactFma(x, x, -square);
        return Root(rest, restLow, out low);
    }

    /// <summary>
    /// The angle from 0 to pi of the point (±(x + xLow), y + yLow), neither of them negative, not both 0; left of the axis where
    /// <paramref name="isLeft"/> is set.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AngleOf<V>(V y, V yLow, V x, V xLow, V isLeft) where V : struct, IBitLane<V, double>
    {
        V isSteep = V.LessThan(x, y);
        V small = V.Select(isSteep, x, y), smallLow = V.Select(isSteep, xLow, yLow);
        V large = V.Select(isSteep, y, x), largeLow = V.Select(isSteep, yLow, xLow);

        // Above tan(pi/8): atan(s / l) = pi/4 + atan((s - l) / (s + l)).
        V isUpper = V.LessThan(large * V.Constant(0.41421356237309503), small);
        V difference = Sum(-large, small, out V differenceLow);
        V sum = Sum(large, small, out V sumLow);
        V n = V.Select(isUpper, difference, small), nLow = V.Select(isUpper, differenceLow + (smallLow - largeLow), smallLow);
        V d = V.Select(isUpper, sum, large), dLow = V.Select(isUpper, sumLow + (smallLow + largeLow), largeLow);
        V q = Quotient(n, nLow, d, dLow, out V qLow);
        V z = q * q;
        V rest = V.Fma(q * z, AtanRatio(z), V.Fma(-z, qLow, qLow));

        // The angle is a number of quarters of pi, more or less q + rest.
        V quarters = V.BitAnd(isUpper, V.Constant(1));
        quarters = V.Select(isSteep, V.Constant(2) - quarters, quarters);
        quarters = V.Select(isLeft, V.Constant(4) - quarters, quarters);
        V flip = V.BitAnd(V.BitXor(isSteep, isLeft), V.Bits(SignBit));
        V angle = Sum(quarters * V.Constant(QuarterPiHigh), V.BitXor(q, flip), out V angleLow);
        return angle + (angleLow + V.Fma(quarters, V.Constant(QuarterPiLow), V.BitXor(rest, flip)));
    }

    /// <summary>(atan(q) / q - 1) / z for z = q^2, |q| up to tan(pi/8); adds at most 2^-63.9 to the relative error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtanRatio<V>(V z) where V : struct, IBitLane<V, double>
    {
        V p = V.Fma(z, V.Constant(0.014902130872170363), V.Constant(-0.03318315265966208));
        p = V.Fma(p, z, V.Constant(0.04490912152526667));
        p = V.Fma(p, z, V.Constant(-0.05215264526008069));
        p = V.Fma(p, z, V.Constant(0.058765288485818946));
        p = V.Fma(p, z, V.Constant(-0.06666175866423982));
        p = V.Fma(p, z, V.Constant(0.0769227927374517));
        p = V.Fma(p, z, V.Constant(-0.09090907988644867));
        p = V.Fma(p, z, V.Constant(0.11111111083807626));
        p = V.Fma(p, z, V.Constant(-0.14285714285317094));
        p = V.Fma(p, z, V.Constant(0.19999999999997098));
        return V.Fma(p, z, V.Constant(-0.33333333333333326));
    }
}
