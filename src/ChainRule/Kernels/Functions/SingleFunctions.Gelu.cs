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
        V s = V.Lesser(V.Constant(HighestForGelu), V.Abs(x)), centre = V.Constant(2.34375);
        V d = s + centre, dLow = s - (d - centre), inverse = V.Constant(1) / d;

        // s p / d, with the rounding error of each put back.
        V p = NormalTailPolynomial((s - centre) * inverse, out V pLow);
        V n = s * p, q = n * inverse;
        V qLow = (V.ExactFma(-q, d, n) + V.Fma(-q, dLow, V.Fma(s, pLow, V.ExactFma(s, p, -n)))) * inverse;
        V tail = V.Scale(q + V.Fma(q, Expm1OfHalfSquare(s, out V k), qLow), k);
        // -0 - tail for a negative x; -0 stays, and so does NaN.
        V y = V.Greater(V.Constant(-0.0), x) - tail;
        return V.Select(V.LessThan(s, V.Constant(SmallestNormal)), V.Constant(0.5) * x, y);
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
        return Expm1NearZero(Reduce(square, k) + V.ExactFma(half, s, -square));
    }

    /// <summary>e^(s^2 / 2) Φ(-s) (s + 2.34375) for t = (s - 2.34375) / (s + 2.34375), s from 0 to 15, as a float and its rest; relative error 2^-27.9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NormalTailPolynomial<V>(V t, out V low) where V : struct, IBitLane<V, float>
    {
        V p = V.Fma(t, V.Constant(-7.213732897071168e-05), V.Constant(-0.00023259883164428174));
        p = V.Fma(p, t, V.Constant(9.112870429817121e-06));
        p = V.Fma(p, t, V.Constant(0.0012218147749081254));
        p = V.Fma(p, t, V.Constant(0.0016457727178931236));
        p = V.Fma(p, t, V.Constant(-0.004359703976660967));
        p = V.Fma(p, t, V.Constant(-0.013360932469367981));
        p = V.Fma(p, t, V.Constant(0.021865716204047203));
        p = V.Fma(p, t, V.Constant(0.09964945912361145));
        p = V.Fma(p, t, V.Constant(-0.4049662947654724));
        V first = V.Constant(0.6975326538085938), y = V.Fma(p, t, first);
        low = V.ExactFma(p, t, first - y);
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
