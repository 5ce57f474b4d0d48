using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : struct, IBitLane<V, double>
    {
        // tanh(x) = n / (n + 2) with n = e^(2x) - 1, x >= 0, worked out as in Expm1; from 19.1 on it is 1.
        V size = V.Lesser(V.Constant(22), V.Abs(x));
        V shifted = V.Fma(size, V.Constant(2 * Log2E), V.Constant(RoundingShift));
        V k = shifted - V.Constant(RoundingShift);
        V exact = V.Fma(k, V.Constant(-Ln2High), size + size);
        V r = V.Fma(k, V.Constant(-Ln2Low), exact);
        V tail = ExpTail(r) + V.Fma(k, V.Constant(-Ln2Low), exact - r);

        V scale = V.ShiftLeft(V.IntegerAdd(shifted, V.Bits(1023)), 52);
        V start = scale - V.Constant(1);
        V sum = V.Fma(scale, r, start);
        V error = V.Fma(scale, tail, V.Fma(scale, r, start - sum));
        V n = sum + error;
        V nError = (sum - n) + error;
        V d = n + V.Constant(2);
        V dError = (n - (d - V.Constant(2))) + nError;

        // One division; the rounding errors of n, d and the quotient are put back.
        V inverse = V.Constant(1) / d;
        V quotient = n * inverse;
        V rest = V.ExactFma(-quotient, d, n) + (nError - quotient * dError);
        V y = V.Fma(rest, inverse, quotient);

        return V.BitOr(y, V.BitAnd(x, V.Bits(SignBit)));
    }
}
