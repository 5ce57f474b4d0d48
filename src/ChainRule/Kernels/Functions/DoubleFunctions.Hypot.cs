using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>The square root of a^2 + b^2, infinite if either is, else NaN if either is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Hypot<V>(V a, V b) where V : struct, IBitLane<V, double>
    {
        V left = V.Abs(a), right = V.Abs(b), zero = V.Constant(0), one = V.Constant(1), infinity = V.Constant(double.PositiveInfinity);
        V large = V.Max(left, right), small = V.Min(left, right);

        // Powers of 2 keep the squares, and their rounding errors, in range.
        V isHuge = V.LessThan(V.Constant(3.273390607896142e+150), large), isTiny = V.LessThan(large, V.Constant(3.4395525670743494e-136));
        V down = V.Constant(2.409919865102884e-181), up = V.Constant(4.149515568880993e+180);
        V factor = V.Select(isHuge, down, V.Select(isTiny, up, one)), back = V.Select(isHuge, up, V.Select(isTiny, down, one));
        large *= factor;
        small *= factor;
        V largeSquare = large * large, smallSquare = small * small;
        V sum = Sum(largeSquare, smallSquare, out V low);
        low += V.ExactFma(large, large, -largeSquare) + V.ExactFma(small, small, -smallSquare);
        V root = Root(sum, low, out V rootLow);
        V y = (root + rootLow) * back;
        return V.Select(V.Or(V.Equal(left, infinity), V.Equal(right, infinity)), infinity, V.Select(V.Equal(sum, zero), zero, y));
    }
}
