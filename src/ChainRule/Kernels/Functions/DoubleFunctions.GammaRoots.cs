using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>log |Γ(-x)| near its zeros, all of which doubles come near; else <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V LogGammaNearRoots<V>(V x, V y) where V : struct, IBitLane<V, double>
    {
        V n = V.Round(x), side = V.Select(V.LessThan(n, x), V.Constant(1), V.Constant(0));
        V index = V.Greater(V.Lesser(V.Fma(n, V.Constant(2), side - V.Constant(5)), V.Constant(30)), V.Constant(0));
        return NearRoot(x, index, LogGammaRoots, y);
    }

    /// <summary>ψ(-x) near its zeros for x up to 32; else <paramref name="y"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V DigammaNearRoots<V>(V x, V y) where V : struct, IBitLane<V, double>
        => NearRoot(x, V.Lesser(V.Floor(x), V.Constant(31)), DigammaRoots, y);

    /// <summary>The series about a root of the table where x is near it, else <paramref name="y"/>: what is a sum of large terms has no digits left there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NearRoot<V>(V x, V index, ReadOnlySpan<double> table, V y) where V : struct, IBitLane<V, double>
    {
        V row = V.ShiftLeft(V.BitAnd(index + V.Constant(RoundingShift), V.Bits(31)), 4);
        // The difference is exact where it is small, and the rest may be as large.
        V start = x - V.Gather(table, row), rest = V.Gather(table, V.IntegerAdd(row, V.Bits(1))), distance = start + rest;
        V isNear = V.LessThan(V.Abs(distance), V.Gather(table, V.IntegerAdd(row, V.Bits(2))));
        if (!V.Any(isNear))
            return y;
        V p = V.Gather(table, V.IntegerAdd(row, V.Bits(15)));
        for (int i = 14; i > 4; i--)
            p = V.Fma(p, distance, V.Gather(table, V.IntegerAdd(row, V.Bits(i))));
        V first = V.Gather(table, V.IntegerAdd(row, V.Bits(3))), slope = V.Fma(p, distance, first);
        V low = V.Fma(p, distance, first - slope) + V.Gather(table, V.IntegerAdd(row, V.Bits(4)));
        return V.Select(isNear, V.Fma(start, slope, V.Fma(distance, low, rest * slope)), y);
    }

    /// <summary>sin(r + low) and cos(r + low) for |r| up to pi/4, each as a double and its rest; relative error 2^-61.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinCosInTwo<V>(V r, V low, out V sineLow, out V cosine, out V cosineLow) where V : struct, IBitLane<V, double>
    {
        V z = r * r, zLow = V.ExactFma(r, r, -z) + V.Constant(2) * r * low;
        V cube = r * z, cubeLow = V.ExactFma(r, z, -cube) + V.Fma(r, zLow, low * z);
        V square = z * z, squareLow = V.ExactFma(z, z, -square) + V.Constant(2) * z * zLow;

        // Taylor's series, the terms of order up to 4 in two parts.
        V third = Product(cube, cubeLow, -1 / 6.0, -9.25185853854297e-18, out V thirdLow);
        V p = V.Fma(z, V.Constant(1 / 355687428096000.0), V.Constant(-1 / 1307674368000.0));
        p = V.Fma(p, z, V.Constant(1 / 6227020800.0));
        p = V.Fma(p, z, V.Constant(-1 / 39916800.0));
        p = V.Fma(p, z, V.Constant(1 / 362880.0));
        p = V.Fma(p, z, V.Constant(-1 / 5040.0));
        p = V.Fma(p, z, V.Constant(1 / 120.0));
        V start = Sum(r, third, out V startLow);
        V sine = Sum(start, startLow + (low + V.Fma(cube * z, p, thirdLow)), out sineLow);

        V fourth = Product(square, squareLow, 1 / 24.0, 2.3129646346357427e-18, out V fourthLow);
        V q = V.Fma(z, V.Constant(-1 / 6402373705728000.0), V.Constant(1 / 20922789888000.0));
        q = V.Fma(q, z, V.Constant(-1 / 87178291200.0));
        q = V.Fma(q, z, V.Constant(1 / 479001600.0));
        q = V.Fma(q, z, V.Constant(-1 / 3628800.0));
        q = V.Fma(q, z, V.Constant(1 / 40320.0));
        q = V.Fma(q, z, V.Constant(-1 / 720.0));
        V first = Sum(V.Constant(1), V.Constant(-0.5) * z, out V firstLow);
        V second = Sum(first, fourth, out V secondLow);
        cosine = Sum(second, (firstLow + secondLow) + V.Fma(V.Constant(-0.5), zLow, V.Fma(square * z, q, fourthLow)), out cosineLow);
        return sine;
    }

    /// <summary>(x + low) times a constant in two parts, as a double and its rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Product<V>(V x, V low, double factor, double factorLow, out V rest) where V : struct, IBitLane<V, double>
    {
        V y = x * V.Constant(factor);
        rest = V.ExactFma(x, V.Constant(factor), -y) + V.Fma(low, V.Constant(factor), x * V.Constant(factorLow));
        return y;
    }

    /// <summary>|sin(pi x)| and |cos(pi x)| for x from 0 to 1/2 away from an integer, each as a double and its rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinCosOfTurn<V>(V x, out V sineLow, out V cosine, out V cosineLow) where V : struct, IBitLane<V, double>
    {
        V size = V.Abs(x), isSteep = V.LessThan(V.Constant(0.25), size), pi = V.Constant(Math.PI);
        // Both differences are exact.
        V turn = V.Select(isSteep, V.Constant(0.5) - size, size), r = pi * turn;
        V sine = SinCosInTwo(r, V.ExactFma(pi, turn, -r) + V.Constant(PiLow) * turn, out V lowOfSine, out V other, out V lowOfCosine);
        cosine = V.Select(isSteep, sine, other);
        cosineLow = V.Select(isSteep, lowOfSine, lowOfCosine);
        sineLow = V.Select(isSteep, lowOfCosine, lowOfSine);
        return V.Select(isSteep, other, sine);
    }
}
