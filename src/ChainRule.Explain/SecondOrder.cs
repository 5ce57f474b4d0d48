namespace ChainRule.Explain;

/// <summary>The second derivatives of an expression by all numbers in its inputs: the Hessian matrix, which is symmetric.</summary>
public sealed class SecondOrder
{
    /// <summary>The most numbers in all inputs together.</summary>
    public const int MostNumbers = 16;

    private readonly SecondDerivative[] _entries;

    internal SecondOrder(string[] names, SecondDerivative[] entries, SecondStep[] steps) => (Names, _entries, Steps) = (names, entries, steps);

    /// <summary>The numbers that are differentiated by, in the order of the inputs: x, w[1], w[2].</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Each pair once: the first name with itself, with the second, and so on.</summary>
    public IReadOnlyList<SecondDerivative> Entries => _entries;

    /// <summary>For one number and steps of one number each: every step's two derivatives. Empty otherwise.</summary>
    public IReadOnlyList<SecondStep> Steps { get; }

    /// <summary>The second derivative by two of <see cref="Names"/>, in either order.</summary>
    public SecondDerivative this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(row, column), nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(row, column), Names.Count, nameof(row));
            (int low, int high) = (Math.Min(row, column), Math.Max(row, column));
            return _entries[low * Names.Count - low * (low - 1) / 2 + high - low];
        }
    }

    /// <summary>The largest disagreement of the witnesses at any entry; NaN where one is no number.</summary>
    public double LargestDisagreement => _entries.Any(entry => double.IsNaN(entry.LargestDisagreement)) ? double.NaN : _entries.Max(entry => entry.LargestDisagreement);
}
