using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    // e^(-s^2 / 2) is 0 beyond.
    private const double HighestForGelu = 40;

    // The zero of the derivative, negated, in two parts.
    private const double GeluZeroHigh = 0.7517915246935645;
    private const double GeluZeroLow = -1.4956759177009883e-17;

    /// <summary>x Φ(x) for the normal distribution function Φ.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Gelu<V>(V x) where V : struct, IBitLane<V, double>
    {
        // Φ(x) + Φ(-x) = 1, so that both sides come from the lower tail. What becomes subnormal is rounded once.
        V s = V.Lesser(V.Constant(HighestForGelu), V.Abs(x));
        V square = s * s;
        V e = ExpInTwo(V.Constant(-0.5) * square, V.Constant(-0.5) * V.ExactFma(s, s, -square), out V k, out V eLow);
        V p = NormalTail(s, out V pLow, out V d, out V dLow, out V inverse);
        V q = p * inverse, qLow = (V.ExactFma(-q, d, p) + (pLow - q * dLow)) * inverse;
        V product = e * q, productLow = V.ExactFma(e, q, -product) + V.Fma(e, qLow, eLow * q);
        V z = s * product;
        V tail = V.Scale(z + V.Fma(s, productLow, V.ExactFma(s, product, -z)), k);
        // -0 - tail for a negative x; -0 stays, and so does NaN.
        V y = V.Greater(V.Constant(-0.0), x) - tail;
        return V.Select(V.LessThan(s, V.Constant(SmallestNormal)), V.Constant(0.5) * x, y);
    }

    /// <summary>e^(s^2 / 2) Φ(-s) d as a double and its rest, with d = s + 4 in two parts and 1 / d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NormalTail<V>(V s, out V low, out V d, out V dLow, out V inverse) where V : struct, IBitLane<V, double>
    {
        V four = V.Constant(4);
        d = s + four;
        dLow = s - (d - four);
        inverse = V.Constant(1) / d;
        V m = s - four, t = m * inverse;
        V tLow = (V.ExactFma(-t, d, m) + ((s - (m + four)) - t * dLow)) * inverse;

        // The slope of t R(t) by t is near (1 - t) R(t): enough for what t is off.
        V ratio = NormalTailRatio(t), product = t * ratio;
        V p = SumOfAny(V.Constant(0.7552851304157515), product, out low);
        low += V.ExactFma(t, ratio, -product) + V.Fma(tLow, ratio - product, V.Constant(-2.262709276538914e-17));
        return p;
    }

    /// <summary>Φ(x) + x φ(x), where φ is the normal density.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V GeluSlope<V>(V x) where V : struct, IBitLane<V, double>
    {
        V s = V.Lesser(V.Constant(HighestForGelu), V.Abs(x));
        V square = s * s;
        V e = ExpInTwo(V.Constant(-0.5) * square, V.Constant(-0.5) * V.ExactFma(s, s, -square), out V k, out V eLow);
        V distance = SumOfAny(s, V.Constant(-GeluZeroHigh), out V low);
        low -= V.Constant(GeluZeroLow);
        V y = e * distance;
        V yLow = V.ExactFma(e, distance, -y) + V.Fma(e, low, eLow * distance);
        V ratio = GeluSlopeRatio((s - V.Constant(4)) / (s + V.Constant(4)));
        V tail = V.Scale(V.Fma(y, ratio, yLow * ratio), k);
        return V.Select(V.LessThan(x, V.Constant(0)), tail, V.Constant(1) - tail);
    }

    /// <summary>(P(t) - P(0)) / t for P(t) = e^(s^2 / 2) Φ(-s) (s + 4), t = (s - 4) / (s + 4), s from 0 to 39; adds at most 2^-56.0 to the relative error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NormalTailRatio<V>(V t) where V : struct, IBitLane<V, double>
    {
        V p = V.Fma(t, V.Constant(-1.4280763756154861e-11), V.Constant(-7.268553477210609e-10));
        p = V.Fma(p, t, V.Constant(-2.4165480803189245e-09));
        p = V.Fma(p, t, V.Constant(1.964327680621977e-09));
        p = V.Fma(p, t, V.Constant(1.9346558330767474e-08));
        p = V.Fma(p, t, V.Constant(1.3120878268311951e-08));
        p = V.Fma(p, t, V.Constant(-8.504053459156654e-08));
        p = V.Fma(p, t, V.Constant(-1.547220083448872e-07));
        p = V.Fma(p, t, V.Constant(2.7150648766883065e-07));
        p = V.Fma(p, t, V.Constant(1.0213461276683075e-06));
        p = V.Fma(p, t, V.Constant(-6.295418937455188e-07));
        p = V.Fma(p, t, V.Constant(-5.920063789109943e-06));
        p = V.Fma(p, t, V.Constant(7.166136531522344e-07));
        p = V.Fma(p, t, V.Constant(3.514464951429032e-05));
        p = V.Fma(p, t, V.Constant(-1.9082467362071698e-06));
        p = V.Fma(p, t, V.Constant(-0.00023109492751462497));
        p = V.Fma(p, t, V.Constant(0.0001333443107426556));
        p = V.Fma(p, t, V.Constant(0.0016308184566235734));
        p = V.Fma(p, t, V.Constant(-0.0034796923672520807));
        p = V.Fma(p, t, V.Constant(-0.0075401889666598925));
        p = V.Fma(p, t, V.Constant(0.06039657489093021));
        p = V.Fma(p, t, V.Constant(-0.18652185795965937));
        p = V.Fma(p, t, V.Constant(0.38713740074221464));
        return V.Fma(p, t, V.Constant(-0.6078966419718921));
    }

    /// <summary>e^(s^2 / 2) (Φ(-s) - s φ(s)) / (s - zero) for t = (s - 4) / (s + 4), s from 0 to 39; relative error 2^-55.5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V GeluSlopeRatio<V>(V t) where V : struct, IBitLane<V, double>
    {
        V p = V.Fma(t, V.Constant(7.266933611907862e-11), V.Constant(1.4934989125580393e-10));
        p = V.Fma(p, t, V.Constant(-5.603780903716187e-10));
        p = V.Fma(p, t, V.Constant(-1.7128147179162118e-09));
        p = V.Fma(p, t, V.Constant(1.7671038705710358e-09));
        p = V.Fma(p, t, V.Constant(1.14342011753986e-08));
        p = V.Fma(p, t, V.Constant(7.658197975341063e-10));
        p = V.Fma(p, t, V.Constant(-6.336411773468414e-08));
        p = V.Fma(p, t, V.Constant(-5.2431920005157925e-08));
        p = V.Fma(p, t, V.Constant(3.4943869763546267e-07));
        p = V.Fma(p, t, V.Constant(4.921942701038313e-07));
        p = V.Fma(p, t, V.Constant(-2.216767253499198e-06));
        p = V.Fma(p, t, V.Constant(-3.5389106149057796e-06));
        p = V.Fma(p, t, V.Constant(1.8034946224740672e-05));
        p = V.Fma(p, t, V.Constant(1.7477216467442935e-05));
        p = V.Fma(p, t, V.Constant(-0.0001857757756654821));
        p = V.Fma(p, t, V.Constant(0.00015461331259419432));
        p = V.Fma(p, t, V.Constant(0.001788260541310058));
        p = V.Fma(p, t, V.Constant(-0.009504950375084639));
        p = V.Fma(p, t, V.Constant(0.02808335995304573));
        p = V.Fma(p, t, V.Constant(-0.06046293676785131));
        p = V.Fma(p, t, V.Constant(0.10336589852195695));
        return V.Fma(p, t, V.Constant(-0.4622112440495753));
    }
}
