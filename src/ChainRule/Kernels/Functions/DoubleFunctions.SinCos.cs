using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    // pi/2 in three parts; the first has 33 bits, so that its product with 20 bits is exact.
    private const double HalfPiHigh = 1.5707963267341256;
    private const double HalfPiMiddle = 6.077100506506192e-11;
    private const double HalfPiLow = 3.5215598651832e-27;
    private const double TwoOverPi = 0.6366197723675814;

    // About 2^20 pi/2.
    private const double LargestForParts = 1647000;

    /// <summary>The sine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V>(V x) where V : struct, IBitLane<V, double>
    {
        V y = SinOfQuadrant(x, V.Bits(0));
        return V.Select(V.LessThan(V.Abs(x), V.Constant(7.450580596923828e-09)), x, y);
    }

    /// <summary>The cosine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V>(V x) where V : struct, IBitLane<V, double>
        => SinOfQuadrant(x, V.Bits(1));

    /// <summary>sin(x + quarter pi/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinOfQuadrant<V>(V x, V quarter) where V : struct, IBitLane<V, double>
    {
        V r = Reduce(x, out V k, out V low);
        V quadrant = V.IntegerAdd(k + V.Constant(RoundingShift), quarter);
        V isOdd = V.IntegerSubtract(V.Bits(0), V.BitAnd(quadrant, V.Bits(1)));
        V sign = V.ShiftLeft(V.BitAnd(quadrant, V.Bits(2)), 62);
        return V.BitXor(V.Select(isOdd, CosineInTwo(r, low, out V rest) + rest, r + SineRest(r, low)), sign);
    }

    /// <summary>x - k pi/2 as a double and its rest, k the nearest integer (or it modulo 4).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce<V>(V x, out V k, out V low) where V : struct, IBitLane<V, double>
    {
        k = V.Fma(x, V.Constant(TwoOverPi), V.Constant(RoundingShift)) - V.Constant(RoundingShift);
        V r = ReduceByParts(x, k, out low);
        V isHuge = V.Not(V.LessOrEqual(V.Abs(x), V.Constant(LargestForParts)));
        if (V.Any(isHuge))
        {
            k = V.Select(isHuge, V.Map(x, HugeArgument.Quadrant), k);
            r = V.Select(isHuge, V.Map(x, HugeArgument.Remainder), r);
            low = V.Select(isHuge, V.Map(x, HugeArgument.RemainderLow), low);
        }
        return r;
    }

    /// <summary>x - k pi/2 as a double and its rest, for |k| up to 2^20 (Cody and Waite, with fused products).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReduceByParts<V>(V x, V k, out V low) where V : struct, IBitLane<V, double>
    {
        V start = V.Fma(k, V.Constant(-HalfPiHigh), x);
        V product = k * V.Constant(-HalfPiMiddle);
        V productError = V.ExactFma(k, V.Constant(-HalfPiMiddle), -product);
        V sum = start + product;
        V added = sum - start;
        V error = (start - (sum - added)) + (product - added);
        V rest = V.Fma(k, V.Constant(-HalfPiLow), error + productError);
        V r = sum + rest;
        low = (sum - r) + rest;
        return r;
    }

    /// <summary>sin(r + low) - r for |r| up to pi/4; relative error of the fit 2^-58.0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SineRest<V>(V r, V low) where V : struct, IBitLane<V, double>
    {
        V z = r * r;
        V p = V.Fma(z, V.Constant(1.5896887673820161e-10), V.Constant(-2.5050759904683902e-08));
        p = V.Fma(p, z, V.Constant(2.7557313705126843e-06));
        p = V.Fma(p, z, V.Constant(-0.00019841269829853447));
        p = V.Fma(p, z, V.Constant(0.008333333333322486));
        p = V.Fma(p, z, V.Constant(-0.16666666666666632));
        V lowPart = V.Fma(low * z, V.Constant(-0.5), low);
        return V.Fma(r * z, p, lowPart);
    }

    /// <summary>cos(r + low) for |r| up to pi/4 as a double and its rest; relative error of the fit 2^-63.9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosineInTwo<V>(V r, V low, out V rest) where V : struct, IBitLane<V, double>
    {
        V z = r * r;
        V p = V.Fma(z, V.Constant(-1.135873925969128e-11), V.Constant(2.087570523050156e-09));
        p = V.Fma(p, z, V.Constant(-2.7557314216052104e-07));
        p = V.Fma(p, z, V.Constant(2.4801587288999603e-05));
        p = V.Fma(p, z, V.Constant(-0.001388888888887334));
        p = V.Fma(p, z, V.Constant(0.041666666666666595));
        V start = V.Fma(z, V.Constant(-0.5), V.Constant(1));
        V startRest = V.Fma(z, V.Constant(-0.5), V.Constant(1) - start);
        rest = startRest + V.Fma(z * z, p, -(r * low));
        return start;
    }
}
