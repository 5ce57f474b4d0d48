using System.Globalization;
using ScottPlot;

namespace ChainRule.Plots;

/// <summary>How large the gradient of each layer is, on a logarithmic scale; what has no size says why.</summary>
internal sealed class FlowPanel : FigurePanel
{
    private const int LayersAtMost = 60;
    private const double FloatFloor = 1e-38, Lost = 1e-8, Large = 10;

    private readonly LayerGradient[] _layers;
    private readonly int _left;

    public FlowPanel(IReadOnlyList<LayerGradient> layers) : base(layers.Count <= LayersAtMost ? "Magnitude of the gradient, layer by layer" : $"Magnitude of the gradient, the first {LayersAtMost} of {layers.Count} layers")
    {
        _layers = [.. layers.Take(LayersAtMost)];
        double[] sizes = [.. _layers.SelectMany(layer => new[] { layer.P1, layer.Mean }).Where(size => size > FloatFloor && double.IsFinite(size))];
        _left = (int)Math.Clamp(Math.Floor(Math.Log10(sizes.Length == 0 ? 1e-6 : sizes.Min())) - 1, -39, -10);
    }

    internal override int Width => 1000;

    internal override int Height => 175 + 26 * _layers.Length;

    internal override Plot Draw()
    {
        Typefaces.Require();
        var plot = new Plot();
        Furniture.ApplyTo(plot, "|gradient|");
        double largest = _layers.Select(layer => layer.Largest).Where(Axis.IsDrawable).DefaultIfEmpty(1).Max();
        double right = Math.Max(2, Math.Ceiling(Math.Log10(Math.Max(largest, 1e-30))) + 0.5);
        Shade(plot, _left, Math.Log10(Lost), "lost beside a weight of 1 in float32");
        Shade(plot, Math.Log10(Large), right, "large");
        Furniture.NameRows(plot, [.. _layers.Select(layer => layer.Layer)]);
        plot.Axes.SetLimitsX(_left, right);
        plot.Axes.SetLimitsY(-Math.Max(_layers.Length, 1) + 0.4, 1.4);
        plot.Axes.Bottom.TickGenerator = DecadeTicks.Between(_left, right);
        for (int i = 0; i < _layers.Length; i++)
            Add(plot, _layers[i], -i);
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.ManualItems.AddRange(
        [
            new LegendItem { LabelText = "1 % to 99 % of the elements   ", LineColor = Palette.At(5), LineWidth = 6 },
            new LegendItem { LabelText = "median   ", MarkerShape = MarkerShape.FilledCircle, MarkerFillColor = Palette.At(0), MarkerSize = 8 },
            new LegendItem { LabelText = "mean", MarkerShape = MarkerShape.FilledDiamond, MarkerFillColor = Palette.At(1), MarkerSize = 9 },
        ]);
        Furniture.ShowLegend(plot, Alignment.UpperCenter);
        plot.ShowLegend(Edge.Top);
        return plot;
    }

    internal override string Describe() => string.Join("; ", _layers.Select(layer => $"{Legible.Text(layer.Layer, 40)}: {Words(layer)}"));

    /// <summary>What is to be said of a gradient.</summary>
    internal static string Words(LayerGradient layer) => layer.State switch
    {
        GradientState.Missing => "no gradient",
        GradientState.Zero => "all zero",
        GradientState.Underflow => $"underflow, at most {Size(layer.Largest)}",
        GradientState.NotFinite => $"NaN or infinite: {Share(layer.NotFiniteShare)}",
        _ => $"mean {Size(layer.Mean)}" + (layer.ZeroShare >= 0.01 ? $", {Share(layer.ZeroShare)} zero" : ""),
    };

    private static string Size(double size) => size.ToString("0.0e+0", CultureInfo.InvariantCulture);

    private static string Share(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static void Shade(Plot plot, double from, double to, string text)
    {
        if (to <= from) return;
        ScottPlot.Plottables.HorizontalSpan span = plot.Add.HorizontalSpan(from, to, Palette.At(4).WithAlpha(0.14));
        span.LineStyle.Width = 0;
        Furniture.Write(plot, text, (from + to) / 2, 0.85, Palette.Soft);
    }

    private void Add(Plot plot, LayerGradient layer, double y)
    {
        if (layer.State is GradientState.Missing or GradientState.Zero or GradientState.Underflow)
        {
            Furniture.Write(plot, Words(layer), _left + 0.15, y, layer.State == GradientState.Missing ? Palette.Soft : Palette.At(1), alignment: Alignment.MiddleLeft, bold: true);
            return;
        }
        if (layer.P99 > 0)
        {
            ScottPlot.Plottables.LinePlot bar = plot.Add.Line(Place(layer.P1), y, Place(layer.P99), y);
            (bar.LineWidth, bar.LineColor) = (8, Palette.At(5));
            plot.Add.Marker(Place(layer.Median), y, MarkerShape.FilledCircle, 8, Palette.At(0));
            plot.Add.Marker(Place(layer.Mean), y, MarkerShape.FilledDiamond, 9, Palette.At(1));
        }
        string? note = layer.State == GradientState.NotFinite ? Words(layer) : layer.ZeroShare >= 0.01 ? $"{Share(layer.ZeroShare)} zero" : null;
        if (note is not null)
            Furniture.Write(plot, note, Math.Max(Place(layer.P99), Place(layer.Mean)) + 0.2, y, layer.State == GradientState.NotFinite ? Palette.At(1) : Palette.Soft, alignment: Alignment.MiddleLeft, bold: layer.State == GradientState.NotFinite);
    }

    private double Place(double size) => size > 0 ? Math.Max(Math.Log10(size), _left) : _left;
}
