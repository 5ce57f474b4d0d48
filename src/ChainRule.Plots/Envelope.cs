namespace ChainRule.Plots;

/// <summary>A long, noisy curve as means of stretches, with the lowest and the highest of each, so that no spike is smoothed away.</summary>
internal static class Envelope
{
    // Fewer steps than these in a stretch have no range worth the name.
    private const int LeastInStretch = 5, FewestStretches = 20;

    /// <summary>Divides values into stretches.</summary>
    /// <param name="name">What the legend calls the curve.</param>
    /// <param name="values">The values; what is not finite is left out; whoever draws it must say so.</param>
    /// <param name="first">Where the first value lies; the next lies one further.</param>
    /// <param name="stretches">How many at most, from 20.</param>
    public static CurveSeries Of(string name, ReadOnlySpan<double> values, double first, int stretches)
    {
        int count = Math.Min(Math.Clamp(values.Length / LeastInStretch, FewestStretches, stretches), values.Length);
        List<double> x = [], mean = [], low = [], high = [];
        for (int i = 0; i < count; i++)
        {
            int start = (int)((long)values.Length * i / count), end = (int)((long)values.Length * (i + 1) / count);
            double[] finite = [.. values[start..end].ToArray().Where(Axis.IsDrawable)];
            if (finite.Length == 0) continue;
            x.Add(first + (start + end - 1) / 2.0);
            mean.Add(finite.Average());
            low.Add(finite.Min());
            high.Add(finite.Max());
        }
        return new CurveSeries(name, x, mean) { Low = low, High = high };
    }
}
