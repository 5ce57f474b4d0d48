using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    private const double PiLow = 1.2246467991473532e-16;

    /// <summary>The derivative of the given order of sin(πx)/(πx).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Sinc<V>(V x, int order) where V : struct, IBitLane<V, double>
    {
        V isZero = V.Equal(x, V.Constant(0));
        V sine = SinCosOfPi(x, out V sineLow, out V cosine, out V cosineLow);
        V u = V.Constant(Math.PI) * x, uLow = V.ExactFma(V.Constant(Math.PI), x, -u) + V.Constant(PiLow) * x;
        V y = V.Select(isZero, V.Constant(1), Quotient(sine, sineLow, u, uLow, out V yLow));
        if (order == 0)
            return V.Select(V.Or(isZero, V.Equal(y, V.Constant(0))), y, y + yLow);

        // x f' = cos(πx) - f, of which nothing is lost where the two cancel.
        V difference = SumOfAny(cosine, -y, out V low);
        difference += low + (cosineLow - yLow);
        if (order == 1)
            return V.Select(V.LessThan(V.Abs(x), V.Constant(0.5)), V.Constant(Math.PI) * SincSeries(u, 1), difference / x);

        // u f = sin u, differentiated n times: u f⁽ⁿ⁾ + n f⁽ⁿ⁻¹⁾ = sin⁽ⁿ⁾ u.
        y = difference / u;
        double scale = Math.PI;
        for (int n = 2; n <= order; n++, scale *= Math.PI)
        {
            V slope = (n & 1) == 0 ? sine : cosine;
            y = ((((n >> 1) & 1) == 0 ? slope : -slope) - V.Constant(n) * y) / u;
        }
        // Below this the recurrence loses digits, order by order; the series has its largest term near 1 there.
        double nearZero = 1 + 0.2 * order;
        return V.Constant(scale) * V.Select(V.LessThan(V.Abs(x), V.Constant(nearZero)), SincSeries(u, order), y);
    }

    /// <summary>Σ (-1)^m u^(2m-n) / ((2m + 1) (2m - n)!) for the order n, from the term with power 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V SincSeries<V>(V u, int order) where V : struct, IBitLane<V, double>
    {
        int first = (order + 1) / 2, parity = order & 1;
        V square = u * u, sum = V.Constant(0);
        for (int m = first + 24; m >= first; m--)
        {
            // Horner: each term is the one before times -u² / ((p + 1)(p + 2)), but for 1 / (2m + 1).
            int power = 2 * m - order;
            double sign = (m & 1) == 0 ? 1 : -1;
            sum = V.Constant(sign / (2 * m + 1)) + sum * square / V.Constant((power + 1.0) * (power + 2));
        }
        return parity == 1 ? sum * u : sum;
    }

    /// <summary>sin(πx) and cos(πx), each with its rest; exactly 0 where they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinCosOfPi<V>(V x, out V sineLow, out V cosine, out V cosineLow) where V : struct, IBitLane<V, double>
    {
        // The distance from the nearest multiple of 1/2 is exact.
        V n = V.Round(x + x), fraction = V.Fma(n, V.Constant(-0.5), x), pi = V.Constant(Math.PI);
        V r = pi * fraction, low = V.ExactFma(pi, fraction, -r) + V.Constant(PiLow) * fraction;
        V sine = Sum(r, SineRest(r, low), out sineLow);
        cosine = Sum(CosineInTwo(r, low, out V rest), rest, out cosineLow);

        V quadrant = (n - V.Constant(4) * V.Floor(V.Constant(0.25) * n)) + V.Constant(RoundingShift);
        V isOdd = V.IntegerSubtract(V.Bits(0), V.BitAnd(quadrant, V.Bits(1)));
        V sign = V.ShiftLeft(V.BitAnd(quadrant, V.Bits(2)), 62), turned = V.ShiftLeft(V.BitAnd(V.IntegerAdd(quadrant, V.Bits(1)), V.Bits(2)), 62);
        V y = V.BitXor(V.Select(isOdd, cosine, sine), sign), yLow = V.BitXor(V.Select(isOdd, cosineLow, sineLow), sign);
        cosine = V.BitXor(V.Select(isOdd, sine, cosine), turned);
        cosineLow = V.BitXor(V.Select(isOdd, sineLow, cosineLow), turned);
        sineLow = yLow;
        return y;
    }
}
