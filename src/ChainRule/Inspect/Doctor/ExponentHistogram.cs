using System.Numerics;

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

    internal void Add<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (T value in values)
        {
            double number = double.CreateChecked(value);
            if (number == 0)
                Zeros++;
            else if (!double.IsFinite(number))
                NonFinite++;
            else
                _counts[Math.Clamp(Math.ILogB(number), Lowest, Highest) - Lowest]++;
        }
    }
}
