using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>The tangent: the quotient of the sine and the cosine, each with its rest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Tan<V>(V x) where V : struct, IBitLane<V, double>
    {
        V y = Tangent(x, V.Constant(0), V.Bits(0), out V yLow) + yLow;
        return V.Select(V.LessThan(V.Abs(x), V.Constant(7.450580596923828e-09)), x, y);
    }

    /// <summary>tan(x + xLow) as a double and its rest; the cotangent where <paramref name="isInverse"/> is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Tangent<V>(V x, V xLow, V isInverse, out V yLow) where V : struct, IBitLane<V, double>
    {
        V r = Reduce(x, out V k, out V low);
        low += xLow;
        V sine = Sum(r, SineRest(r, low), out V sineLow);
        V start = CosineInTwo(r, low, out V rest);
        V cosine = Sum(start, rest, out V cosineLow);

        // Past an odd multiple of pi/2 the tangent is -cos / sin.
        V quadrant = k + V.Constant(RoundingShift);
        V isOdd = V.IntegerSubtract(V.Bits(0), V.BitAnd(quadrant, V.Bits(1)));
        V isTurned = V.BitXor(isOdd, isInverse), flip = V.BitAnd(isOdd, V.Bits(SignBit));
        V n = V.Select(isTurned, cosine, sine), nLow = V.Select(isTurned, cosineLow, sineLow);
        V d = V.Select(isTurned, sine, cosine), dLow = V.Select(isTurned, sineLow, cosineLow);
        V y = Quotient(n, nLow, d, dLow, out yLow);
        yLow = V.BitXor(yLow, flip);
        return V.BitXor(y, flip);
    }

    /// <summary>a + b and the rounding error of the sum, for |a| at least |b|, or a = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V>(V a, V b, out V low) where V : struct, IBitLane<V, double>
    {
        V sum = a + b;
        low = b - (sum - a);
        return sum;
    }

    /// <summary>a + b and the rounding error of the sum, whichever is larger (Knuth).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SumOfAny<V>(V a, V b, out V low) where V : struct, IBitLane<V, double>
    {
        V sum = a + b;
        V second = sum - a;
        low = (a - (sum - second)) + (b - second);
        return sum;
    }

    /// <summary>(n + nLow) / (d + dLow) as a double and its rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Quotient<V>(V n, V nLow, V d, V dLow, out V low) where V : struct, IBitLane<V, double>
    {
        V q = n / d;
        low = (V.ExactFma(-q, d, n) + (nLow - q * dLow)) / d;
        return q;
    }

    /// <summary>The square root of a + low as a double and its rest; the rest is 0 at 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Root<V>(V a, V low, out V rootLow) where V : struct, IBitLane<V, double>
    {
        V root = V.Sqrt(a);
        rootLow = (V.ExactFma(-root, root, a) + low) / (root + root);
        rootLow = V.Select(V.Equal(root, V.Constant(0)), root, rootLow);
        return root;
    }
}
