namespace ChainRule.Inspect;

/// <summary>How many numbers have which size, in fixed bins: one for each power of two, so that counts of different steps can be compared and added.</summary>
public sealed class ExponentHistogram
{
    /// <summary>The lowest and the highest power; what is smaller or larger is counted there.</summary>
    public const int Lowest = -64, Highest = 63;

    private readonly long[] _counts = new long[Highest - Lowest + 1];

    /// <summary>Elements that are exactly 0.</summary>
    public long Zeros { get; private set; }

    /// <summary>Elements that are NaN or infinite.</summary>
    public long NonFinite { get; private set; }

    /// <summary>How many elements x have 2^exponent ≤ |x| &lt; 2^(exponent + 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is not between <see cref="Lowest"/> and <see cref="Highest"/>.</exception>
    public long this[int exponent]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(exponent, Lowest);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(exponent, Highest);
            return _counts[exponent - Lowest];
        }
    }

    /// <summary>All that was counted.</summary>
    public long Total => _counts.Sum() + Zeros + NonFinite;

    internal void Add(ReadOnlySpan<float> values)
    {
        // By the eight bits of the exponent as they stand; neighbours mostly share one, and two tables spare the wait for each other.
        Span<long> counts = stackalloc long[256], others = stackalloc long[256];
        counts.Clear();
        others.Clear();
        long zeros = 0;
        int at = 0;
        for (; at + 2 <= values.Length; at += 2)
        {
            (uint one, uint other) = (BitConverter.SingleToUInt32Bits(values[at]) << 1, BitConverter.SingleToUInt32Bits(values[at + 1]) << 1);
            counts[(int)(one >> 24)]++;
            others[(int)(other >> 24)]++;
            zeros += (one == 0 ? 1 : 0) + (other == 0 ? 1 : 0);
        }
        if (at < values.Length)
        {
            uint one = BitConverter.SingleToUInt32Bits(values[at]) << 1;
            counts[(int)(one >> 24)]++;
            zeros += one == 0 ? 1 : 0;
        }
        for (int exponent = 0; exponent < 255; exponent++)
            _counts[Math.Clamp(exponent - 127, Lowest, Highest) - Lowest] += counts[exponent] + others[exponent];
        // Zeros have the exponent of the smallest numbers.
        _counts[0] -= zeros;
        Zeros += zeros;
        NonFinite += counts[255] + others[255];
    }

    internal void Add(ReadOnlySpan<double> values)
    {
        foreach (double number in values)
        {
            if (number == 0)
                Zeros++;
            else if (!double.IsFinite(number))
                NonFinite++;
            else
                _counts[Math.Clamp(Math.ILogB(number), Lowest, Highest) - Lowest]++;
        }
    }
}
