using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class SingleFunctions
{
    // e^(-s^2 / 2) is 0 beyond.
    private const double HighestForGelu = 15;

    // The zero of the derivative, negated, in two parts.
    private const double GeluZeroHigh = 0.7517915368080139;
    private const double GeluZeroLow = -1.211444988769017e-08;

    /// <summary>x Φ(x) for the normal distribution function Φ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gelu<V>(V x) where V : struct, IBitLane<V, float>
    {
        // Φ(x) + Φ(-x) = 1, so that both sides come from the lower tail. What becomes subnormal is rounded once.
        V s = V.Lesser(V.Constant(HighestForGelu), V.Abs(x)), centre = V.Constant(1.859375);
        V d = s + centre, dLow = s - (d - centre);
        V inverse = V.Constant(1) / d;
        V p = NormalTailPolynomial((s - centre) * inverse, out V pLow);

        // s p / d, with the rounding errors of each put back.
        V n = s * p, nLow = V.Fma(s, pLow, V.Fma(s, p, -n));
        V q = n * inverse, qLow = (V.Fma(-q, d, n) + (nLow - q * dLow)) * inverse;
        V tail = V.Scale(q + V.Fma(q, Expm1OfHalfSquare(s, out V k), qLow), k);
        return V.Select(V.LessThan(x, V.Constant(0)), -tail, x - tail);
    }

    /// <summary>Φ(x) + x φ(x), where φ is the normal density.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluSlope<V>(V x) where V : struct, IBitLane<V, float>
    {
        V s = V.Lesser(V.Constant(HighestForGelu), V.Abs(x));
        V distance = (s - V.Constant(GeluZeroHigh)) - V.Constant(GeluZeroLow);
        V y = distance * GeluSlopeRatio(s);
        V tail = V.Scale(V.Fma(y, Expm1OfHalfSquare(s, out V k), y), k);
        return V.Select(V.LessThan(x, V.Constant(0)), tail, V.Constant(1) - tail);
    }

    /// <summary>e^(-s^2 / 2) / 2^k - 1, the square without its rounding error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Expm1OfHalfSquare<V>(V s, out V k) where V : struct, IBitLane<V, float>
    {
        V half = V.Constant(-0.5) * s;
        V square = half * s;
        k = V.Round(square * V.Constant(Log2E));
        return Expm1NearZero(Reduce(square, k) + V.Fma(half, s, -square));
    }

    /// <summary>e^(s^2 / 2) Φ(-s) (s + 1.859375) for t = (s - 1.859375) / (s + 1.859375), s from 0 to 15; relative error 2^-30.0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NormalTailPolynomial<V>(V t, out V low) where V : struct, IBitLane<V, float>
    {
        V p = V.Fma(t, V.Constant(-4.61786548839882e-05), V.Constant(-0.000126124476082623));
        p = V.Fma(p, t, V.Constant(8.134384188451804e-06));
        p = V.Fma(p, t, V.Constant(0.00048421387327834964));
        p = V.Fma(p, t, V.Constant(0.0008119079284369946));
        p = V.Fma(p, t, V.Constant(-0.00015159427130129188));
        p = V.Fma(p, t, V.Constant(-0.0033025098964571953));
        p = V.Fma(p, t, V.Constant(-0.005408781580626965));
        p = V.Fma(p, t, V.Constant(0.005949350539594889));
        p = V.Fma(p, t, V.Constant(0.03657924756407738));
        p = V.Fma(p, t, V.Constant(0.0013153644977137446));
        p = V.Fma(p, t, V.Constant(-0.2967504858970642));
        V first = V.Constant(0.6595779061317444), y = V.Fma(p, t, first);
        low = V.Fma(p, t, first - y);
        return y;
    }

    /// <summary>e^(s^2 / 2) (Φ(-s) - s φ(s)) / (s - zero) for s from 0 to 15; relative error 2^-28.5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V GeluSlopeRatio<V>(V s) where V : struct, IBitLane<V, float>
    {
        V t = (s - V.Constant(4.65625)) / (s + V.Constant(4.65625));
        V p = V.Fma(t, V.Constant(-6.47478191240225e-06), V.Constant(9.519353625364602e-05));
        p = V.Fma(p, t, V.Constant(4.3792206270154566e-05));
        p = V.Fma(p, t, V.Constant(-0.001238747383467853));
        p = V.Fma(p, t, V.Constant(0.00535234622657299));
        p = V.Fma(p, t, V.Constant(-0.01523915771394968));
        p = V.Fma(p, t, V.Constant(0.03356524556875229));
        p = V.Fma(p, t, V.Constant(-0.06090785190463066));
        p = V.Fma(p, t, V.Constant(0.09412209689617157));
        return V.Fma(p, t, V.Constant(-0.4547104239463806));
    }
}
