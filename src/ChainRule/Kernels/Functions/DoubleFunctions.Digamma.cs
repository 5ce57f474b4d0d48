using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>The derivative of log Γ: -infinity at 0, infinity at -0, NaN at negative integers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Digamma<V>(V x) where V : struct, IBitLane<V, double>
    {
        V size = V.Abs(x), inverse = V.Constant(1) / x;
        V y = DigammaOfSize(size, out V low);
        V isNegative = V.LessThan(x, V.Constant(0));
        V positive = V.Select(V.And(V.LessThan(V.Constant(0.8), x), V.LessThan(x, V.Constant(3))), DigammaNearZero(x), y + low);
        if (V.Any(isNegative))
            positive = V.Select(isNegative, DigammaReflected(size, y, low), positive);
        return V.Select(V.LessThan(size, V.Constant(TinyForGamma)), -inverse, positive);
    }

    /// <summary>(x - zero) P(t) with t = (x - 1.5) / (x + 1.5), for x from 0.8 to 3, the zero and P(0) in two parts; relative error 2^-54.6.</summary>
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
        V first = V.Constant(0.9510558760318328), y = V.Fma(p, t, first);
        V low = V.ExactFma(p, t, first - y) + V.Constant(4.691040409906704e-17);
        V distance = x - V.Constant(1.4616321449683622);
        return V.Fma(distance, y, V.Fma(distance, low, V.Constant(-9.549995429965697e-17) * y));
    }

    /// <summary>log z - 1/(2z) - Σ B(2k) / (2k z^(2k)) - Σ 1/(x + i), with z = x + 8 and i to 7 below 8, as a double and its rest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V DigammaOfSize<V>(V x, out V low) where V : struct, IBitLane<V, double>
    {
        V isSmall = V.LessThan(x, V.Constant(StartOfSeries)), zero = V.Constant(0);
        V z = V.Select(isSmall, SumOfAny(x, V.Constant(StartOfSeries), out V zLow), x);
        V i = InverseOfSum(z, V.Select(isSmall, zLow, zero), out V iLow), i2 = i * i;
        V p = V.Fma(i2, V.Constant(-174611 / 6600.0), V.Constant(43867 / 14364.0));
        p = V.Fma(p, i2, V.Constant(-3617 / 8160.0));
        p = V.Fma(p, i2, V.Constant(1 / 12.0));
        p = V.Fma(p, i2, V.Constant(-691 / 32760.0));
        p = V.Fma(p, i2, V.Constant(1 / 132.0));
        p = V.Fma(p, i2, V.Constant(-1 / 240.0));
        p = V.Fma(p, i2, V.Constant(1 / 252.0));
        p = V.Fma(p, i2, V.Constant(-1 / 120.0));
        p = V.Fma(p, i2, V.Constant(1 / 12.0));
        V log = LogInTwo(z, out V logLow);
        logLow += V.Select(isSmall, zLow * i, zero);
        V y = Sum(log, V.Constant(-0.5) * i, out V yLow);
        yLow += logLow - V.Fma(i2, p, V.Constant(0.5) * iLow);

        V sum = zero, sumLow = zero;
        for (int k = (int)StartOfSeries - 1; k >= 0; k--)
        {
            V term = InverseOfSum(SumOfAny(x, V.Constant(k), out V dLow), dLow, out V termLow);
            sum = SumOfAny(sum, term, out V error);
            sumLow += error + termLow;
        }
        V shifted = SumOfAny(y, -sum, out low);
        low = V.Select(isSmall, low + (yLow - sumLow), yLow);
        low = V.Select(V.LessThan(z, V.Constant(double.PositiveInfinity)), low, zero);
        return V.Select(isSmall, shifted, y);
    }

    /// <summary>ψ(-x) = ψ(x) + 1/x + pi cot(pi x).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V DigammaReflected<V>(V x, V digamma, V digammaLow) where V : struct, IBitLane<V, double>
    {
        // The terms may cancel, and each is kept in two parts.
        V fraction = x - V.Round(x), pi = V.Constant(Math.PI), sign = V.BitAnd(fraction, V.Bits(SignBit));
        V sine = SinCosOfTurn(fraction, out V sineLow, out V cosine, out V cosineLow);
        V cotangent = V.BitXor(Quotient(cosine, cosineLow, sine, sineLow, out V low), sign);
        low = V.BitXor(low, sign);
        V product = pi * cotangent;
        V rest = V.ExactFma(pi, cotangent, -product) + V.Fma(pi, low, V.Constant(PiLow) * cotangent);
        V inverse = InverseOfSum(x, V.Constant(0), out V inverseLow);
        V sum = SumOfAny(product, digamma, out V sumLow);
        V y = SumOfAny(sum, inverse, out V yLow);
        y += yLow + (sumLow + (rest + (digammaLow + inverseLow)));
        y = DigammaNearRoots(x, y);
        return V.Select(V.Equal(fraction, V.Constant(0)), V.Constant(double.NaN), y);
    }

    /// <summary>cot(πx) as a double and its rest, for |x| up to 1/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CotangentOfPi<V>(V x, out V low) where V : struct, IBitLane<V, double>
    {
        V pi = V.Constant(Math.PI), angle = pi * x;
        return Tangent(angle, V.ExactFma(pi, x, -angle) + V.Constant(PiLow) * x, V.Not(V.Bits(0)), out low);
    }

    /// <summary>1 / (d + dLow) as a double and its rest, which is 0 for an infinite d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V InverseOfSum<V>(V d, V dLow, out V low) where V : struct, IBitLane<V, double>
    {
        V one = V.Constant(1), inverse = one / d;
        low = (V.ExactFma(-inverse, d, one) - inverse * dLow) * inverse;
        low = V.Select(V.LessThan(V.Abs(d), V.Constant(double.PositiveInfinity)), low, V.Constant(0));
        return inverse;
    }
}
