namespace ChainRule.Cli.Display;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>The values as blocks of eight heights, at most so many; of more, the mean of neighbours.</summary>
    /// <param name="values">The curve.</param>
    /// <param name="width">The number of blocks at most.</param>
    /// <param name="isLogarithmic">Whether ratios count, not differences; values of 0 and less are then left out.</param>
    public static string Of(IReadOnlyList<double> values, int width, bool isLogarithmic)
    {
        double[] places = [.. values.Where(value => double.IsFinite(value) && (value > 0 || !isLogarithmic)).Select(value => isLogarithmic ? Math.Log(value) : value)];
        if (places.Length == 0 || width <= 0) return "";
        int count = Math.Min(width, places.Length);
        var means = new double[count];
        for (int i = 0; i < count; i++)
            means[i] = places[(int)((long)i * places.Length / count)..(int)((i + 1L) * places.Length / count)].Average();
        double low = means.Min(), range = means.Max() - low;
        return string.Create(count, (means, low, range), static (line, curve) =>
        {
            for (int i = 0; i < line.Length; i++)
                line[i] = Levels[curve.range > 0 ? (int)Math.Round((curve.means[i] - curve.low) / curve.range * (Levels.Length - 1)) : 0];
        });
    }
}
