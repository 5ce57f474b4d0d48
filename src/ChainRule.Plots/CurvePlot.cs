using ScottPlot;
using ScottPlot.TickGenerators;

namespace ChainRule.Plots;

/// <summary>A few curves over steps or epochs, on one pair of axes.</summary>
public sealed class CurvePlot : FigurePanel
{
    private const int PointsAtMost = 1500;
    private const int MarkersAtMost = 60;
    private const int LongestName = 40;

    // Of a legend and of the area between the axes, in the units of a panel of usual size; the legend's real size is known only once it is drawn.
    private const double LetterWidth = 6.2, LineHeight = 21, LegendMargin = 50, AreaWidth = 420, AreaHeight = 275;

    private readonly string _xLabel;
    private readonly List<CurveSeries> _series = [];

    /// <summary>An empty plot.</summary>
    /// <param name="title">What the vertical axis measures; written above the plot.</param>
    /// <param name="xLabel">What the horizontal axis counts.</param>
    public CurvePlot(string title, string xLabel) : base(title) => _xLabel = Legible.Text(xLabel, 60);

    /// <summary>How the vertical axis divides its values.</summary>
    public ValueScale Scale { get; init; }

    /// <summary>Whether equal steps to the right are equal ratios; points that are not above zero are then left out.</summary>
    public bool IsXLogarithmic { get; init; }

    internal int PanelWidth { get; init; } = 500;

    internal override int Width => PanelWidth;

    /// <summary>Whether the horizontal axis begins where the curves do, and not at zero.</summary>
    internal bool IsRecent { get; init; }

    /// <summary>A range of values that is usual, shaded, and what to call it.</summary>
    internal (double Low, double High, string Text)? Band { get; init; }

    /// <summary>A place on the horizontal axis that is marked, and what to call it.</summary>
    internal (double X, string Text)? Mark { get; init; }

    /// <summary>How far the horizontal axis goes at least, where values are missing at its end.</summary>
    internal double End { get; init; } = double.NaN;

    /// <summary>What those who cannot see the plot should know.</summary>
    internal string Words { get; init; } = "";

    /// <summary>Adds a curve.</summary>
    /// <returns>This plot.</returns>
    /// <exception cref="ArgumentException">X and Y have different lengths.</exception>
    public CurvePlot Add(CurveSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.X.Count != series.Y.Count)
            throw new ArgumentException($"The curve \"{series.Name}\" has {series.X.Count} x values and {series.Y.Count} y values.", nameof(series));
        if ((series.Low?.Count ?? series.Y.Count) != series.Y.Count || (series.High?.Count ?? series.Y.Count) != series.Y.Count || series.Low is null != series.High is null)
            throw new ArgumentException($"The curve \"{series.Name}\" needs a lowest and a highest value for each of its {series.Y.Count} points, or neither.", nameof(series));
        _series.Add(series);
        return this;
    }

    internal override string Describe() => Words;

    /// <summary>The plot as ScottPlot draws it.</summary>
    internal override Plot Draw()
    {
        Typefaces.Require();
        var axis = new Axis(Scale, _series.SelectMany(series => series.Y.Concat(series.Low ?? []).Concat(series.High ?? [])));
        (CurveSeries Series, List<Coordinates> Points)[] curves = [.. _series.OrderBy(series => !series.IsBackdrop).Select(series => (series, PointsOf(series, axis)))];
        var plot = new Plot();
        Furnish(plot, axis);
        AddReferences(plot, axis);
        int colour = 0;
        foreach ((CurveSeries series, List<Coordinates> points) in curves)
        {
            if (series is { Low: { } lowest, High: { } highest })
                AddEnvelope(plot, axis, series.X, lowest, highest, Palette.At(colour));
            Add(plot, series, points, series.IsBackdrop ? colour : colour++);
        }
        if (curves.Length > 1)
            ShowLegend(plot, [.. curves.Select(curve => curve.Points)]);
        else
            plot.HideLegend();
        return plot;
    }

    private void Furnish(Plot plot, Axis axis)
    {
        Furniture.ApplyTo(plot, _xLabel);
        axis.ApplyTo(plot);
        SetRange(plot);
    }

    private void SetRange(Plot plot)
    {
        double[] x = [.. _series.SelectMany(series => series.X).Append(End).Where(IsPlaced).Select(PlaceX)];
        (double low, double high) = x.Length == 0 ? (0, 1) : (IsXLogarithmic || IsRecent ? x.Min() : Math.Min(0, x.Min()), x.Max());
        double margin = Math.Max(0.02 * (high - low), 1e-9);
        plot.Axes.SetLimitsX(IsXLogarithmic ? low - margin : low, high + margin);
        if (IsXLogarithmic)
            plot.Axes.Bottom.TickGenerator = DecadeTicks.Between(low - margin, high + margin);
    }

    private void ShowLegend(Plot plot, IReadOnlyList<List<Coordinates>> curves)
    {
        AxisLimits limits = plot.Axes.GetLimits();
        double width = (LegendMargin + LetterWidth * _series.Max(series => Math.Min(series.Name.Length, LongestName))) / AreaWidth;
        double height = (LegendMargin / 2 + LineHeight * _series.Count) / AreaHeight;
        List<Coordinates>[] shares = [.. curves.Select(points => points.ConvertAll(point =>
            new Coordinates((point.X - limits.Left) / limits.HorizontalSpan, (point.Y - limits.Bottom) / limits.VerticalSpan)))];
        Furniture.ShowLegend(plot, LegendCorner.LeastHidden(shares, width, height));
    }

    private bool IsPlaced(double x) => Axis.IsDrawable(x) && (!IsXLogarithmic || x > 0);

    private double PlaceX(double x) => IsXLogarithmic ? Math.Log10(x) : x;

    private void AddReferences(Plot plot, Axis axis)
    {
        AxisLimits limits = plot.Axes.GetLimits();
        if (Band is var (low, high, text))
        {
            ScottPlot.Plottables.VerticalSpan span = plot.Add.VerticalSpan(axis.Place(low), axis.Place(high), Palette.At(2).WithAlpha(0.12));
            span.LineStyle.Width = 0;
            if (axis.Place(high) < limits.Top && axis.Place(low) > limits.Bottom)
                Furniture.Write(plot, text, limits.Left + 0.02 * limits.HorizontalSpan, axis.Place(high), Palette.Soft, alignment: Alignment.UpperLeft);
        }
        if (Mark is var (x, name) && IsPlaced(x))
        {
            ScottPlot.Plottables.VerticalLine line = plot.Add.VerticalLine(PlaceX(x), 1.5f, Palette.Soft, LinePattern.Dashed);
            line.EnableAutoscale = false;
            // To the side where there is room for it.
            bool isLeft = PlaceX(x) < limits.Left + limits.HorizontalSpan / 3;
            Furniture.Write(plot, isLeft ? $" {name.Trim()}" : name, PlaceX(x), limits.Top - 0.04 * limits.VerticalSpan, Palette.Ink, 12, isLeft ? Alignment.UpperLeft : Alignment.UpperRight);
        }
        plot.Axes.SetLimits(limits);
    }

    private List<Coordinates> PointsOf(CurveSeries series, Axis axis) => Thinning.ToEnvelope(
        [.. series.X.Zip(series.Y).Where(point => IsPlaced(point.First) && axis.IsShown(point.Second)).Select(point => new Coordinates(PlaceX(point.First), axis.Place(point.Second)))], PointsAtMost);

    private void AddEnvelope(Plot plot, Axis axis, IReadOnlyList<double> x, IReadOnlyList<double> low, IReadOnlyList<double> high, Color colour)
    {
        int[] shown = [.. Enumerable.Range(0, x.Count).Where(i => IsPlaced(x[i]) && axis.IsShown(low[i]) && axis.IsShown(high[i]))];
        if (shown.Length == 0) return;
        ScottPlot.Plottables.FillY fill = plot.Add.FillY([.. shown.Select(i => PlaceX(x[i]))], [.. shown.Select(i => axis.Place(low[i]))], [.. shown.Select(i => axis.Place(high[i]))]);
        fill.FillColor = colour.WithAlpha(0.2);
        fill.LineWidth = 0;
        fill.LegendText = "";
    }

    private static void Add(Plot plot, CurveSeries series, List<Coordinates> points, int place)
    {
        Color colour = Palette.At(place);
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(points, series.IsBackdrop ? colour.WithAlpha(0.3) : colour);
        line.LegendText = Legible.Text(series.Name, LongestName);
        line.LineWidth = series.IsBackdrop ? 1 : 2;
        line.LinePattern = series.IsBackdrop ? LinePattern.Solid : Palette.PatternAt(place);
        bool alone = points.Count == 1;
        line.MarkerSize = alone || series.HasMarkers && points.Count <= MarkersAtMost ? 6 : 0;
    }
}
