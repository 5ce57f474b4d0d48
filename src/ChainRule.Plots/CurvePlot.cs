using ScottPlot;
using ScottPlot.TickGenerators;

namespace ChainRule.Plots;

/// <summary>A few curves over steps or epochs, on one pair of axes.</summary>
public sealed class CurvePlot
{
    private const int PointsAtMost = 1500;
    private const int MarkersAtMost = 60;
    private const int LongestName = 40;
    private const float FontSize = 12;

    // Of a legend and of the area between the axes, in the units of a panel of usual size; the legend's real size is known only once it is drawn.
    private const double LetterWidth = 6.2, LineHeight = 21, LegendMargin = 50, AreaWidth = 420, AreaHeight = 275;

    private readonly string _xLabel;
    private readonly List<CurveSeries> _series = [];

    /// <summary>An empty plot.</summary>
    /// <param name="title">What the vertical axis measures; written above the plot.</param>
    /// <param name="xLabel">What the horizontal axis counts.</param>
    public CurvePlot(string title, string xLabel) => (Title, _xLabel) = (Legible.Text(title, 60), Legible.Text(xLabel, 60));

    /// <summary>What the vertical axis measures.</summary>
    public string Title { get; }

    /// <summary>How the vertical axis divides its values.</summary>
    public ValueScale Scale { get; init; }

    /// <summary>Adds a curve.</summary>
    /// <returns>This plot.</returns>
    /// <exception cref="ArgumentException">X and Y have different lengths.</exception>
    public CurvePlot Add(CurveSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.X.Count != series.Y.Count)
            throw new ArgumentException($"The curve \"{series.Name}\" has {series.X.Count} x values and {series.Y.Count} y values.", nameof(series));
        _series.Add(series);
        return this;
    }

    /// <summary>The plot as ScottPlot draws it.</summary>
    internal Plot Draw()
    {
        Typefaces.Require();
        var axis = new Axis(Scale, _series.SelectMany(series => series.Y));
        (CurveSeries Series, List<Coordinates> Points)[] curves = [.. _series.OrderBy(series => !series.IsBackdrop).Select(series => (series, PointsOf(series, axis)))];
        var plot = new Plot();
        Furnish(plot, axis);
        int colour = 0;
        foreach ((CurveSeries series, List<Coordinates> points) in curves)
            Add(plot, series, points, series.IsBackdrop ? Palette.At(colour) : Palette.At(colour++));
        if (curves.Length > 1)
            ShowLegend(plot, [.. curves.Select(curve => curve.Points)]);
        return plot;
    }

    private void Furnish(Plot plot, Axis axis)
    {
        plot.FigureBackground.Color = Colors.White;
        plot.Axes.Color(Palette.Ink);
        plot.Axes.FrameColor(Palette.Frame);
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = Palette.Grid;
        plot.Axes.Title.IsVisible = false;
        plot.Axes.Bottom.Label.Text = _xLabel;
        plot.Axes.Bottom.Label.FontName = Typefaces.Family;
        plot.Axes.Bottom.Label.FontSize = FontSize;
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        foreach (IAxis side in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            side.TickLabelStyle.FontName = Typefaces.Family;
            side.TickLabelStyle.FontSize = FontSize;
            side.MajorTickStyle.Color = side.MinorTickStyle.Color = Palette.Frame;
        }
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        axis.ApplyTo(plot);
        SetRange(plot);
    }

    private void SetRange(Plot plot)
    {
        double[] x = [.. _series.SelectMany(series => series.X).Where(Axis.IsDrawable)];
        (double low, double high) = x.Length == 0 ? (0, 1) : (Math.Min(0, x.Min()), x.Max());
        double margin = Math.Max(0.02 * (high - low), 1e-9);
        plot.Axes.SetLimitsX(low, high + margin);
    }

    private void ShowLegend(Plot plot, IReadOnlyList<List<Coordinates>> curves)
    {
        AxisLimits limits = plot.Axes.GetLimits();
        double width = (LegendMargin + LetterWidth * _series.Max(series => Math.Min(series.Name.Length, LongestName))) / AreaWidth;
        double height = (LegendMargin / 2 + LineHeight * _series.Count) / AreaHeight;
        List<Coordinates>[] shares = [.. curves.Select(points => points.ConvertAll(point =>
            new Coordinates((point.X - limits.Left) / limits.HorizontalSpan, (point.Y - limits.Bottom) / limits.VerticalSpan)))];
        plot.ShowLegend(LegendCorner.LeastHidden(shares, width, height));
        plot.Legend.FontName = Typefaces.Family;
        plot.Legend.FontSize = FontSize;
        plot.Legend.FontColor = Palette.Ink;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.8);
    }

    private static List<Coordinates> PointsOf(CurveSeries series, Axis axis) => Thinning.ToEnvelope(
        [.. series.X.Zip(series.Y).Where(point => Axis.IsDrawable(point.First) && axis.IsShown(point.Second)).Select(point => new Coordinates(point.First, axis.Place(point.Second)))], PointsAtMost);

    private static void Add(Plot plot, CurveSeries series, List<Coordinates> points, Color colour)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(points, series.IsBackdrop ? colour.WithAlpha(0.3) : colour);
        line.LegendText = Legible.Text(series.Name, LongestName);
        line.LineWidth = series.IsBackdrop ? 1 : 2;
        bool alone = points.Count == 1;
        line.MarkerSize = alone || series.HasMarkers && points.Count <= MarkersAtMost ? 6 : 0;
    }
}
