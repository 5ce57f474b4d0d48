using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>The derivative of log Γ: -infinity at 0, infinity at -0, NaN at negative integers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Digamma<V>(V x) where V : struct, IBitLane<V, double>
    {
        V size = V.Abs(x), inverse = V.Constant(1) / x;
        V y = DigammaOfSize(size);
        V isNearZero = V.And(V.LessThan(V.Constant(0.8), x), V.LessThan(x, V.Constant(3)));
        y = V.Select(isNearZero, DigammaNearZero(x), y);
        V isNegative = V.LessThan(x, V.Constant(0));
        if (V.Any(isNegative))
            y = V.Select(isNegative, DigammaReflected(size, y), y);
        return V.Select(V.LessThan(size, V.Constant(TinyForGamma)), -inverse, y);
    }

    /// <summary>(x - zero) P(t) with t = (x - 1.5) / (x + 1.5), for x from 0.8 to 3, the zero in two parts; relative error 2^-53.9.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V DigammaNearZero<V>(V x) where V : struct, IBitLane<V, double>
    {
        V t = (x - V.Constant(1.5)) / (x + V.Constant(1.5));
        V p = V.Fma(t, V.Constant(-1.1705941364835266), V.Constant(1.5404814466824934));
        p = V.Fma(p, t, V.Constant(-0.9453702312564909));
        p = V.Fma(p, t, V.Constant(0.7599807692484468));
        p = V.Fma(p, t, V.Constant(-0.8941039292447422));
        p = V.Fma(p, t, V.Constant(0.9306285631150326));
        p = V.Fma(p, t, V.Constant(-0.9166557080300545));
        p = V.Fma(p, t, V.Constant(0.9090757512170782));
        p = V.Fma(p, t, V.Constant(-0.9138019311806803));
        p = V.Fma(p, t, V.Constant(0.9101603444151826));
        p = V.Fma(p, t, V.Constant(-0.914765203893815));
        p = V.Fma(p, t, V.Constant(0.909182991335086));
        p = V.Fma(p, t, V.Constant(-0.9159346987603361));
        p = V.Fma(p, t, V.Constant(0.907583207244199));
        p = V.Fma(p, t, V.Constant(-0.9182041632667632));
        p = V.Fma(p, t, V.Constant(0.9043231245906502));
        p = V.Fma(p, t, V.Constant(-0.9236820281253765));
        p = V.Fma(p, t, V.Constant(0.8970527239794017));
        p = V.Fma(p, t, V.Constant(-0.9480504699662822));
        p = V.Fma(p, t, V.Constant(0.8940000943226918));
        p = V.Fma(p, t, V.Constant(-1.270882263844381));
        p = V.Fma(p, t, V.Constant(0.9510558760318328));
        return ((x - V.Constant(1.4616321449683622)) - V.Constant(9.549995429965697e-17)) * p;
    }

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
        V y = V.Constant(factor) * HurwitzZeta(shifted, order + 1);
        if (!V.Any(isNegative))
            return y;

        // For x < 0: the value at 1 - x with the other sign for odd orders, and what the reflection adds.
        V fraction = V.Round(x) - x;
        V added = V.Constant(order % 2 == 0 ? 1 : -1) * CotangentSlope(V.Constant(Math.PI) * fraction, order);
        V reflected = V.Constant(order % 2 == 0 ? 1 : -1) * y + added;
        reflected = V.Select(V.Equal(fraction, zero), V.Constant(order % 2 == 0 ? double.NaN : double.PositiveInfinity), reflected);
        return V.Select(isNegative, reflected, y);
    }

    /// <summary>log z - 1/(2z) - Σ B(2k) / (2k z^(2k)) - Σ 1/(x + i), with z = x + 8 and i to 7 below 8.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V DigammaOfSize<V>(V x) where V : struct, IBitLane<V, double>
    {
        V one = V.Constant(1);
        V isSmall = V.LessThan(x, V.Constant(StartOfSeries));
        V z = V.Select(isSmall, x + V.Constant(StartOfSeries), x);
        V i = one / z, i2 = i * i;
        V p = V.Fma(i2, V.Constant(43867 / 14364.0), V.Constant(-3617 / 8160.0));
        p = V.Fma(p, i2, V.Constant(1 / 12.0));
        p = V.Fma(p, i2, V.Constant(-691 / 32760.0));
        p = V.Fma(p, i2, V.Constant(1 / 132.0));
        p = V.Fma(p, i2, V.Constant(-1 / 240.0));
        p = V.Fma(p, i2, V.Constant(1 / 252.0));
        p = V.Fma(p, i2, V.Constant(-1 / 120.0));
        p = V.Fma(p, i2, V.Constant(1 / 12.0));
        V y = V.Log(z) - V.Fma(i, V.Constant(0.5), i2 * p);

        V sum = V.Constant(0);
        for (int k = (int)StartOfSeries - 1; k > 0; k--)
            sum += one / (x + V.Constant(k));
        return V.Select(isSmall, (y - sum) - one / x, y);
    }

    /// <summary>ψ(-x) = ψ(x) + 1/x + pi cot(pi x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V DigammaReflected<V>(V x, V digamma) where V : struct, IBitLane<V, double>
    {
        // The terms may cancel: the last, which may be the largest, is kept in two parts.
        V fraction = x - V.Round(x), pi = V.Constant(Math.PI), piLow = V.Constant(1.2246467991473532e-16);
        V angle = pi * fraction;
        V cotangent = Tangent(angle, V.ExactFma(pi, fraction, -angle) + piLow * fraction, V.Not(V.Bits(0)), out V low);
        V product = pi * cotangent;
        V rest = V.ExactFma(pi, cotangent, -product) + V.Fma(pi, low, piLow * cotangent);
        V y = SumOfAny(product, digamma, out V yLow) + (yLow + (rest + V.Constant(1) / x));
        return V.Select(V.Equal(fraction, V.Constant(0)), V.Constant(double.NaN), y);
    }

    /// <summary>ζ(s, x) = Σ 1/(x + i)^s for x from 0 up and an integer s from 2 on, by the sum of Euler and Maclaurin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HurwitzZeta<V>(V x, int s) where V : struct, IBitLane<V, double>
    {
        V one = V.Constant(1), sum = V.Constant(0);
        int shift = 10 + s;
        V isSmall = V.LessThan(x, V.Constant(shift));
        for (int i = shift - 1; i >= 0; i--)
            sum += WholePower(one / (x + V.Constant(i)), s);
        V z = one / V.Select(isSmall, x + V.Constant(shift), x);

        // z^(1-s)/(s-1) + z^(-s)/2 + Σ B(2k)/(2k)! s (s+1) ... (s+2k-2) z^(1-s-2k), the sum after its first factor.
        ReadOnlySpan<double> bernoulli = [1 / 6.0, -1 / 30.0, 1 / 42.0, -1 / 30.0, 5 / 66.0, -691 / 2730.0, 7 / 6.0, -3617 / 510.0, 43867 / 798.0];
        V square = z * z, power = z, rest = V.Constant(0);
        double rising = 1;
        for (int k = 1; k <= bernoulli.Length; k++, power *= square)
        {
            rising *= k == 1 ? s / 2.0 : (s + 2 * k - 3) * (double)(s + 2 * k - 2) / (2 * k * (2 * k - 1));
            rest += V.Constant(bernoulli[k - 1] * rising) * power;
        }
        V series = WholePower(z, s - 1) * (V.Constant(1.0 / (s - 1)) + z * (V.Constant(0.5) + rest));
        return V.Select(isSmall, series + sum, series);
    }

    /// <summary>The derivative of an order of cot(u), which is a polynomial in it, times pi^(order + 1): p' = -(1 + c^2) dp/dc.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V CotangentSlope<V>(V u, int order) where V : struct, IBitLane<V, double>
    {
        Span<double> p = stackalloc double[order + 2], next = stackalloc double[order + 2];
        p.Clear();
        p[1] = 1;
        double scale = Math.PI;
        for (int n = 0; n < order; n++, scale *= Math.PI)
        {
            next.Clear();
            for (int i = 1; i <= n + 1; i++)
            {
                next[i - 1] -= i * p[i];
                next[i + 1] -= i * p[i];
            }
            next.CopyTo(p);
        }
        V cotangent = V.Constant(1) / Tan(u), y = V.Constant(0);
        for (int i = order + 1; i >= 0; i--)
            y = V.Fma(y, cotangent, V.Constant(p[i]));
        return V.Constant(scale) * y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WholePower<V>(V x, int exponent) where V : struct, IBitLane<V, double>
    {
        V power = x;
        for (int i = 1; i < exponent; i++)
            power *= x;
        return power;
    }
}
