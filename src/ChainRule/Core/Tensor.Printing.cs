namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The elements as text, in aligned columns and nested brackets; of more than 1000 only those near the edges.</summary>
    public override string ToString() => ToString(precision: 8);

    /// <summary>The elements as text in aligned columns and nested brackets.</summary>
    /// <param name="precision">The most digits behind the point.</param>
    /// <param name="threshold">With more elements than this, the middle of each long axis is left out.</param>
    /// <param name="edgeItems">How many are shown at each end of such an axis.</param>
    /// <param name="lineWidth">Where rows are broken.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is negative, or there is nothing to show at the edges.</exception>
    public string ToString(int precision, long threshold = 1000, int edgeItems = 3, int lineWidth = 75)
    {
        Bounds.AtLeast(precision, 0, nameof(ToString), nameof(precision));
        if (precision > 100)
            throw new ArgumentOutOfRangeException(nameof(precision), precision, $"ToString: precision must be at most 100 digits, not {precision}.");
        Bounds.AtLeast(threshold, 0, nameof(ToString), nameof(threshold));
        Bounds.AtLeast(edgeItems, 1, nameof(ToString), nameof(edgeItems));
        Bounds.AtLeast(lineWidth, 0, nameof(ToString), nameof(lineWidth));
        Recording.Current?.RequireReadable(this, nameof(ToString));
        // Inside a batch there is no single value: all examples are shown.
        return TensorText.Of(Bare, precision, threshold, edgeItems, lineWidth);
    }
}
