using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    private const double TwoOverRootPi = 1.1283791670955126;

    /// <summary>The inverse of the error function; infinite at 1 and -1, NaN beyond.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Erfinv<V>(V x) where V : struct, IBitLane<V, double>
    {
        // A start with seven digits, then one step of Halley, whose residual is exact to one rounding of the error function.
        V one = V.Constant(1), size = V.Abs(x);
        V w = -V.Log((one - size) * (one + size));
        V s = one / V.Sqrt(w);
        V start = V.Select(V.LessThan(w, V.Constant(5)), size * ErfinvNear(w), w * s * ErfinvFar(s));

        // Where size is at least 1/2, 1 - size is exact.
        V square = start * start;
        V near = (start - size) + start * ErfRatio(square);
        V far = (one - size) - Erfc(start);
        V residual = V.Select(V.LessThan(size, V.Constant(0.5)), near, far);
        V step = residual / (V.Constant(TwoOverRootPi) * V.Exp(-square));
        V y = start - step / V.Fma(start, step, one);

        y = V.Select(V.Equal(size, one), V.Constant(double.PositiveInfinity), y);
        y = V.Select(V.LessThan(one, size), V.Constant(double.NaN), y);
        return V.BitOr(y, V.BitAnd(x, V.Bits(SignBit)));
    }

    /// <summary>The derivative of the inverse: sqrt(pi) / 2 e^(y^2) at y = erfinv(x), infinite at 1 and -1, NaN beyond.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V ErfinvSlope<V>(V x) where V : struct, IBitLane<V, double>
    {
        // What y is off, times 2 y, is what e^(y^2) is off; so is the rounding error of the square.
        V one = V.Constant(1), size = V.Abs(x), y = Erfinv(size);
        V square = y * y, slope = V.Constant(1 / TwoOverRootPi) * V.Exp(square);
        V near = (size - y) - y * ErfRatio(square);
        V far = Erfc(y) - (one - size);
        V residual = V.Select(V.LessThan(size, V.Constant(0.5)), near, far);
        V correction = V.ExactFma(y, y, -square) + (y + y) * residual * slope;
        return V.Select(V.Equal(size, one), V.Constant(double.PositiveInfinity), V.Fma(slope, correction, slope));
    }

    /// <summary>erfinv(x) / x for w = -log(1 - x^2) up to 5; relative error 2^-23.4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfinvNear<V>(V w) where V : struct, IBitLane<V, double>
    {
        V p = V.Fma(w, V.Constant(2.8531972570625266e-08), V.Constant(-2.2689815518923024e-07));
        p = V.Fma(p, w, V.Constant(-4.551201698897986e-06));
        p = V.Fma(p, w, V.Constant(6.868599293433868e-05));
        p = V.Fma(p, w, V.Constant(-0.00016722981848759968));
        p = V.Fma(p, w, V.Constant(-0.0022978546134963143));
        p = V.Fma(p, w, V.Constant(0.011532128917894053));
        p = V.Fma(p, w, V.Constant(0.2320166540431687));
        return V.Fma(p, w, V.Constant(0.8862268418697539));
    }

    /// <summary>erfinv(x) / sqrt(w) for s = 1 / sqrt(w), w from 5 to 38; relative error 2^-26.9.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfinvFar<V>(V s) where V : struct, IBitLane<V, double>
    {
        V p = V.Fma(s, V.Constant(17.523231638288724), V.Constant(-33.87011238795288));
        p = V.Fma(p, s, V.Constant(24.48318678519762));
        p = V.Fma(p, s, V.Constant(-6.742121603992928));
        p = V.Fma(p, s, V.Constant(-1.6613734227231665));
        p = V.Fma(p, s, V.Constant(2.4502768032148246));
        p = V.Fma(p, s, V.Constant(-0.940772101577189));
        p = V.Fma(p, s, V.Constant(-0.045848058622916216));
        return V.Fma(p, s, V.Constant(1.0008169857511646));
    }
}
