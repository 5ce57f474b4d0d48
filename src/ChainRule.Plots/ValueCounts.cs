using System.Runtime.CompilerServices;

namespace ChainRule.Plots;

/// <summary>
/// The distribution of the values of a tensor, counted once in fixed bins: eight to each power of two, for either sign. Distributions of
/// different times then share their bins, however narrow or wide they are, and none is binned twice.
/// </summary>
public sealed class ValueCounts
{
    // Sign, exponent and the first three bits of the fraction.
    private const int DroppedBits = 20, Bins = 1 << 12, NegativeFrom = Bins / 2, FirstNotFinite = 255 << 3, FirstNormal = 1 << 3;

    private readonly int[] _counts;
    private readonly double _sum, _sumOfSquares;

    private ValueCounts(int[] counts, long count, long zeros, double sum, double sumOfSquares, double largest) =>
        (_counts, Count, Zeros, _sum, _sumOfSquares, LargestMagnitude) = (counts, count, zeros, sum, sumOfSquares, largest);

    /// <summary>How many values there are.</summary>
    public long Count { get; }

    /// <summary>How many are zero.</summary>
    public long Zeros { get; }

    /// <summary>How many are not zero, but below the smallest normal float32, 1.2e-38.</summary>
    public long Subnormals => Between(0, FirstNormal) - Zeros;

    /// <summary>How many are NaN or infinite.</summary>
    public long NotFinite => Between(FirstNotFinite, NegativeFrom);

    /// <summary>The largest finite magnitude.</summary>
    public double LargestMagnitude { get; }

    /// <summary>The mean magnitude of the finite values; NaN if there is none.</summary>
    public double MeanMagnitude => Count == NotFinite ? double.NaN : _sum / (Count - NotFinite);

    /// <summary>The root of the sum of squares of the finite values.</summary>
    public double Norm => Math.Sqrt(_sumOfSquares);

    /// <summary>Counts values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ValueCounts Of(ReadOnlySpan<float> values)
    {
        var counts = new int[Bins];
        long zeros = 0;
        double sum = 0, squares = 0;
        float largest = 0;
        foreach (float value in values)
        {
            counts[BitConverter.SingleToUInt32Bits(value) >> DroppedBits]++;
            float magnitude = Math.Abs(value);
            if (!float.IsFinite(magnitude)) continue;
            if (magnitude == 0) zeros++;
            sum += magnitude;
            squares += (double)magnitude * magnitude;
            largest = Math.Max(largest, magnitude);
        }
        return new ValueCounts(counts, values.Length, zeros, sum, squares, largest);
    }

    /// <summary>The magnitude below which a share of the finite values lies, to within 7 %.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double MagnitudeAt(double share)
    {
        long finite = Count - NotFinite, seen = 0;
        if (finite == 0) return double.NaN;
        double wanted = share * finite;
        for (int bin = 0; bin < FirstNotFinite; bin++)
        {
            seen += _counts[bin] + _counts[bin + NegativeFrom];
            if (seen >= wanted && seen > 0)
                return bin == 0 && Zeros >= wanted ? 0 : Math.Min(LargestMagnitude, (Start(bin) + Start(bin + 1)) / 2);
        }
        return LargestMagnitude;
    }

    /// <summary>About how many values lie in each of equal bins between two bounds: a fixed bin is shared out by length.</summary>
    public double[] Into(double low, double high, int bins)
    {
        var shares = new double[bins];
        double width = (high - low) / bins;
        for (int bin = 0; bin < FirstNotFinite; bin++)
        {
            if (bin == 0)
            {
                Share(shares, 0, 0, _counts[0] + _counts[NegativeFrom], low, width);
                continue;
            }
            Share(shares, Start(bin), Start(bin + 1), _counts[bin], low, width);
            Share(shares, -Start(bin + 1), -Start(bin), _counts[bin + NegativeFrom], low, width);
        }
        return shares;
    }

    private static void Share(double[] shares, double from, double to, int count, double low, double width)
    {
        if (count == 0) return;
        int first = (int)Math.Clamp(Math.Floor((from - low) / width), -1, shares.Length);
        int last = (int)Math.Clamp(Math.Floor((to - low) / width), -1, shares.Length);
        for (int i = Math.Max(first, 0); i <= Math.Min(last, shares.Length - 1); i++)
        {
            double covered = Math.Min(to, low + (i + 1) * width) - Math.Max(from, low + i * width);
            shares[i] += first == last ? count : count * Math.Max(covered, 0) / (to - from);
        }
    }

    /// <summary>Where a bin of magnitudes begins.</summary>
    private static double Start(int bin) => bin >= FirstNotFinite ? (double)float.MaxValue : BitConverter.UInt32BitsToSingle((uint)bin << DroppedBits);

    private long Between(int from, int to)
    {
        long count = 0;
        for (int bin = from; bin < to; bin++)
            count += _counts[bin] + _counts[bin + NegativeFrom];
        return count;
    }
}
