using ScottPlot;

namespace ChainRule.Plots;

public sealed partial class Figure
{
    private const int ColumnsAtMost = 60, RowsAtMost = 40, ValueBins = 48;

    /// <summary>How large the gradient of each layer is, on a logarithmic scale; zero, underflow, NaN and missing are told apart.</summary>
    /// <param name="layers">From the input to the output.</param>
    /// <param name="title">What the figure says.</param>
    public static Figure OfGradientFlow(IReadOnlyList<LayerGradient> layers, string title = "Gradient flow")
    {
        ArgumentNullException.ThrowIfNull(layers);
        return new Figure(title, "layers from the input (top) to the output; a power of ten to each step to the right").Add(new FlowPanel(layers));
    }

    /// <summary>The mean magnitude of each layer's gradient over time, by colour on a logarithmic scale; of many steps and layers, some evenly chosen.</summary>
    /// <param name="samples">In the order of their steps, each with the same layers.</param>
    /// <param name="title">What the figure says.</param>
    /// <exception cref="ArgumentException">Samples have different layers.</exception>
    public static Figure OfGradientFlowOverTime(IReadOnlyList<GradientSample> samples, string title = "Gradient flow over time")
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.FirstOrDefault(sample => sample.Layers.Count != samples[0].Layers.Count) is { } odd)
            throw new ArgumentException($"The sample of step {odd.Step} has {odd.Layers.Count} layers, the first {samples[0].Layers.Count}.", nameof(samples));
        GradientSample[] shown = [.. Chosen(samples, ColumnsAtMost)];
        int[] rows = [.. Chosen([.. Enumerable.Range(0, shown.Length == 0 ? 0 : shown[0].Layers.Count)], RowsAtMost)];
        double[] sizes = [.. shown.SelectMany(sample => rows.Select(row => sample.Layers[row])).Where(layer => layer.State == GradientState.Usual && layer.Mean > 0).Select(layer => Math.Log10(layer.Mean))];
        (double low, double high) = sizes.Length == 0 ? (-6, 0) : (Math.Floor(sizes.Min()), Math.Max(Math.Ceiling(sizes.Max()), Math.Floor(sizes.Min()) + 1));
        var cells = new Color?[rows.Length, shown.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < shown.Length; column++)
                cells[row, column] = ColourOf(shown[column].Layers[rows[row]], low, high);
        }
        return new Figure(title, "mean magnitude of each layer's gradient, from the input (top) to the output").Add(new HeatPanel("Mean |gradient|", "step")
        {
            Cells = cells,
            Rows = [.. rows.Select(row => shown[0].Layers[row].Layer)],
            Steps = shown.Length == 0 ? (0, 1) : (shown[0].Step, shown[^1].Step),
            Scale = HeatPanel.Decades(low, high),
            Marks = [(ColourMap.NotFinite, "NaN, infinite"), (ColourMap.Zero, "all zero"), (ColourMap.Underflow, "underflow"), (ColourMap.Missing, "no gradient")],
            Description = string.Join("; ", rows.Select(row => $"{Legible.Text(shown[0].Layers[row].Layer, 40)}: first {FlowPanel.Words(shown[0].Layers[row])}, last {FlowPanel.Words(shown[^1].Layers[row])}")),
        });
    }

    /// <summary>How values (weights, activations, gradients) are distributed over time: by colour, or as ridges one behind another.</summary>
    /// <param name="name">Of what.</param>
    /// <param name="samples">The steps and what was counted at each, in order.</param>
    /// <param name="asRidges">Whether up to 12 distributions are drawn as hills; else each of up to 60 is a column of colours.</param>
    public static Figure OfHistograms(string name, IReadOnlyList<(long Step, ValueCounts Counts)> samples, bool asRidges = false)
    {
        ArgumentNullException.ThrowIfNull(samples);
        (long Step, ValueCounts Counts)[] shown = [.. Chosen(samples, asRidges ? 12 : ColumnsAtMost)];
        // What 99.9 % lie within at any time: a few outliers must not make all others one line.
        double reach = shown.Select(sample => sample.Counts.MagnitudeAt(0.999) * 1.05).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        if (reach == 0) reach = 1;
        double low = shown.Any(sample => sample.Counts.Into(-reach, 0, 1)[0] > 0.001 * sample.Counts.Count) ? -reach : 0;
        (long Step, double[] Shares)[] columns = [.. shown.Select(sample => (sample.Step, Array.ConvertAll(sample.Counts.Into(low, reach, ValueBins), count => count / Math.Max(1, sample.Counts.Count))))];
        var figure = new Figure($"{name} over time", "share of the values in each of 48 equal ranges");
        return asRidges ? figure.Add(new RidgePanel(name, "value", columns, low, reach)) : figure.Add(HeatOf(name, columns, low, reach));
    }

    private static HeatPanel HeatOf(string name, (long Step, double[] Shares)[] columns, double low, double high)
    {
        double most = columns.SelectMany(column => column.Shares).DefaultIfEmpty(1).Max();
        var cells = new Color?[ValueBins, columns.Length];
        for (int bin = 0; bin < ValueBins; bin++)
        {
            for (int column = 0; column < columns.Length; column++)
                cells[ValueBins - 1 - bin, column] = columns[column].Shares[bin] is var share and > 0 && most > 0 ? ColourMap.At(Math.Sqrt(share / most)) : null;
        }
        return new HeatPanel(name, "step")
        {
            Cells = cells,
            Values = (low, high),
            Steps = columns.Length == 0 ? (0, 1) : (columns[0].Step, columns[^1].Step),
            Scale = [.. new[] { 0, 0.25, 0.5, 1 }.Select(share => (Math.Sqrt(share), (100 * share * most).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) + " %"))],
        };
    }

    private static Color ColourOf(LayerGradient layer, double low, double high) => layer.State switch
    {
        GradientState.Missing => ColourMap.Missing,
        GradientState.Zero => ColourMap.Zero,
        GradientState.Underflow => ColourMap.Underflow,
        GradientState.NotFinite => ColourMap.NotFinite,
        _ => ColourMap.At((Math.Log10(layer.Mean) - low) / (high - low)),
    };

    /// <summary>At most so many, evenly spread, the first and the last among them.</summary>
    private static IEnumerable<T> Chosen<T>(IReadOnlyList<T> all, int atMost) => all.Count <= atMost
        ? all : Enumerable.Range(0, atMost).Select(i => all[(int)((long)i * (all.Count - 1) / (atMost - 1))]);
}
