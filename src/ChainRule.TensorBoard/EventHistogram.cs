namespace ChainRule.TensorBoard;

/// <summary>A distribution as an event file holds it.</summary>
/// <param name="Min">The least value.</param>
/// <param name="Max">The largest value.</param>
/// <param name="Count">How many values there are.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
/// <param name="Limits">Where each bin ends; the first begins at the least value.</param>
/// <param name="Counts">How many values are in each bin.</param>
public sealed record EventHistogram(double Min, double Max, double Count, double Sum, double SumOfSquares, IReadOnlyList<double> Limits, IReadOnlyList<double> Counts)
{
    private const int Bins = 30;

    /// <summary>Counts the finite values in equal bins between the least and the largest; null if there is none.</summary>
    public static EventHistogram? Of(ReadOnlySpan<float> values)
    {
        (double low, double high, double sum, double squares, long count) = (double.PositiveInfinity, double.NegativeInfinity, 0, 0, 0);
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            (low, high, sum, squares, count) = (Math.Min(low, value), Math.Max(high, value), sum + value, squares + (double)value * value, count + 1);
        }
        if (count == 0) return null;
        // Values that are all alike are one bin, as TensorBoard would show a bin without width as nothing.
        double width = high > low ? (high - low) / Bins : Math.Max(Math.Abs(high), 1e-12) * 1e-6;
        var counts = new double[high > low ? Bins : 1];
        foreach (float value in values)
        {
            if (float.IsFinite(value))
                counts[Math.Min((int)((value - low) / width), counts.Length - 1)]++;
        }
        return new EventHistogram(low, high, count, sum, squares, [.. counts.Select((_, i) => i == Bins - 1 ? high : low + (i + 1) * width)], counts);
    }
}
