using System.Numerics;

namespace ChainRule.Inspect;

/// <summary>How large the elements of a tensor are, read in one pass.</summary>
/// <param name="Norm">√Σx², also of elements that are no numbers.</param>
/// <param name="Mean">The mean of |x| over the finite elements; NaN if there is none.</param>
/// <param name="Largest">The largest finite |x|; 0 if there is none.</param>
/// <param name="Zeros">How many are exactly 0.</param>
/// <param name="NonFinite">How many are NaN or infinite.</param>
internal readonly record struct Sizes(double Norm, double Mean, double Largest, long Zeros, long NonFinite)
{
    public static Sizes Of(Tensor x)
    {
        Tensor flat = Gauge.Flat(x);
        Sizes sizes = flat.DType == DType.Float32 ? Of<float>(flat.Span<float>()) : Of<double>(flat.Span<double>());
        GC.KeepAlive(flat);
        return sizes;
    }

    /// <summary>How many elements are NaN or infinite.</summary>
    public static long CountNonFinite<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long count = 0;
        foreach (T value in values)
            count += T.IsFinite(value) ? 0 : 1;
        return count;
    }

    // Two sums at once, always of the same elements: a processor adds them side by side, and every one gets the same bits.
    private static Sizes Of<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (double squares, double otherSquares, double sum, double otherSum) = (0, 0, 0, 0);
        T largest = T.Zero, otherLargest = T.Zero;
        long zeros = 0;
        int at = 0;
        for (; at + 2 <= values.Length; at += 2)
        {
            (T a, T b) = (T.Abs(values[at]), T.Abs(values[at + 1]));
            (double x, double y) = (double.CreateTruncating(a), double.CreateTruncating(b));
            (squares, otherSquares, sum, otherSum) = (squares + x * x, otherSquares + y * y, sum + x, otherSum + y);
            (largest, otherLargest) = (a > largest ? a : largest, b > otherLargest ? b : otherLargest);
            zeros += (a == T.Zero ? 1 : 0) + (b == T.Zero ? 1 : 0);
        }
        if (at < values.Length)
        {
            T last = T.Abs(values[at]);
            double x = double.CreateTruncating(last);
            (squares, sum, largest) = (squares + x * x, sum + x, last > largest ? last : largest);
            zeros += last == T.Zero ? 1 : 0;
        }
        // A finite sum has only finite parts; one that is not may have overflowed, and is looked through again.
        if (!double.IsFinite(squares + otherSquares))
            return OfBroken(values, Math.Sqrt(squares + otherSquares), zeros);
        return new Sizes(Math.Sqrt(squares + otherSquares), (sum + otherSum) / values.Length, double.CreateTruncating(largest > otherLargest ? largest : otherLargest), zeros, 0);
    }

    private static Sizes OfBroken<T>(ReadOnlySpan<T> values, double norm, long zeros) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (double sum, double largest) = (0, 0);
        long count = 0;
        foreach (T value in values)
        {
            if (!T.IsFinite(value)) continue;
            double size = double.CreateTruncating(T.Abs(value));
            (sum, largest, count) = (sum + size, Math.Max(largest, size), count + 1);
        }
        return new Sizes(norm, sum / count, largest, zeros, values.Length - count);
    }
}
