using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>The polygamma function of an order from 1 on: the derivative of that order of <see cref="Digamma"/>; infinity (odd orders) or NaN at negative integers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Polygamma<V>(V x, int order) where V : struct, IBitLane<V, double>
    {
        V zero = V.Constant(0), one = V.Constant(1);
        V isNegative = V.LessThan(x, zero);
        V shifted = V.Select(isNegative, one - x, x);
        double factor = order % 2 == 0 ? -1 : 1;
        for (int i = 2; i <= order; i++)
            factor *= i;
        V y = HurwitzZeta(shifted, order + 1, out V low);
        y = V.Fma(V.Constant(factor), y, V.Constant(factor) * low);
        if (!V.Any(isNegative))
            return y;

        // For x < 0: the value at 1 - x with the other sign for odd orders, and what the reflection adds.
        V fraction = V.Round(x) - x;
        V added = V.Constant(order % 2 == 0 ? 1 : -1) * CotangentSlope(fraction, order);
        V reflected = V.Constant(order % 2 == 0 ? 1 : -1) * y + added;
        reflected = V.Select(V.Equal(fraction, zero), V.Constant(order % 2 == 0 ? double.NaN : double.PositiveInfinity), reflected);
        return V.Select(isNegative, reflected, y);
    }

    /// <summary>ζ(s, x) = Σ 1/(x + i)^s for x from 0 up and an integer s from 2 on, by the sum of Euler and Maclaurin, as a double and its rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HurwitzZeta<V>(V x, int s, out V low) where V : struct, IBitLane<V, double>
    {
        V sum = V.Constant(0), sumLow = V.Constant(0);
        int shift = 10 + s;
        V isSmall = V.LessThan(x, V.Constant(shift));
        for (int i = shift - 1; i >= 0; i--)
        {
            V inverse = InverseOfSum(SumOfAny(x, V.Constant(i), out V dLow), dLow, out V inverseLow);
            sum = SumOfAny(sum, WholePower(inverse, inverseLow, s, out V termLow), out V error);
            sumLow += error + termLow;
        }
        V series = ZetaSeries(V.Select(isSmall, SumOfAny(x, V.Constant(shift), out V zLow), x), V.Select(isSmall, zLow, V.Constant(0)), s, out V seriesLow);
        V y = V.Select(isSmall, SumOfAny(series, sum, out low), series);
        low = V.Select(isSmall, low + (seriesLow + sumLow), seriesLow);
        low = V.Select(V.LessThan(V.Abs(y), V.Constant(double.PositiveInfinity)), low, V.Constant(0));
        return y;
    }

    /// <summary>z^(1-s)/(s-1) + z^(-s)/2 + Σ B(2k)/(2k)! s (s+1) ... (s+2k-2) z^(1-s-2k) for a z in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ZetaSeries<V>(V z, V zLow, int s, out V low) where V : struct, IBitLane<V, double>
    {
        ReadOnlySpan<double> bernoulli = [1 / 6.0, -1 / 30.0, 1 / 42.0, -1 / 30.0, 5 / 66.0, -691 / 2730.0, 7 / 6.0, -3617 / 510.0, 43867 / 798.0];
        V w = InverseOfSum(z, zLow, out V wLow), square = w * w, power = w, rest = V.Constant(0);
        double rising = 1;
        for (int k = 1; k <= bernoulli.Length; k++, power *= square)
        {
            rising *= k == 1 ? s / 2.0 : (s + 2 * k - 3) * (double)(s + 2 * k - 2) / (2 * k * (2 * k - 1));
            rest += V.Constant(bernoulli[k - 1] * rising) * power;
        }
        V lead = WholePower(w, wLow, s - 1, out V leadLow);
        double part = 1.0 / (s - 1), partLow = Math.FusedMultiplyAdd(-part, s - 1, 1) * part;
        V first = lead * V.Constant(part), second = lead * w * (V.Constant(0.5) + rest);
        V firstLow = V.ExactFma(lead, V.Constant(part), -first) + V.Fma(lead, V.Constant(partLow), leadLow * V.Constant(part));
        V y = Sum(first, second, out low);
        low += firstLow;
        return y;
    }

    /// <summary>The derivative of an order of cot(πx) for |x| up to 1/2, times π: a polynomial in the cotangent times a power of π, with p' = -(1 + c^2) dp/dc.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V CotangentSlope<V>(V x, int order) where V : struct, IBitLane<V, double>
    {
        Span<double> p = stackalloc double[order + 2], next = stackalloc double[order + 2];
        p.Clear();
        p[1] = 1;
        double scale = Math.PI, scaleLow = PiLow;
        for (int n = 0; n < order; n++)
        {
            next.Clear();
            for (int i = 1; i <= n + 1; i++)
            {
                next[i - 1] -= i * p[i];
                next[i + 1] -= i * p[i];
            }
            next.CopyTo(p);
            double product = scale * Math.PI;
            scaleLow = Math.FusedMultiplyAdd(scale, Math.PI, -product) + (scale * PiLow + scaleLow * Math.PI);
            scale = product;
        }
        V cotangent = CotangentOfPi(x, out V low), y = V.Constant(0), slope = V.Constant(0);
        for (int i = order + 1; i >= 0; i--)
        {
            slope = V.Fma(slope, cotangent, y);
            y = V.Fma(y, cotangent, V.Constant(p[i]));
        }
        return V.Fma(V.Constant(scale), y, V.Fma(V.Constant(scale), slope * low, V.Constant(scaleLow) * y));
    }

    /// <summary>(x + xLow)^exponent as a double and its rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WholePower<V>(V x, V xLow, int exponent, out V low) where V : struct, IBitLane<V, double>
    {
        V power = x;
        low = xLow;
        for (int i = 1; i < exponent; i++)
        {
            V next = power * x;
            low = V.ExactFma(power, x, -next) + V.Fma(power, xLow, low * x);
            power = next;
        }
        return power;
    }
}
