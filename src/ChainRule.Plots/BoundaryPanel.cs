using ScottPlot;

namespace ChainRule.Plots;

/// <summary>Which class a classifier would choose at each place of the plane, the paler the less sure, and the examples.</summary>
internal sealed class BoundaryPanel : FigurePanel
{
    private const int Levels = 6, PointsAtMost = 2000;

    private static readonly MarkerShape[] _shapes = [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond, MarkerShape.FilledTriangleDown, MarkerShape.Asterisk];

    private readonly Color?[,] _cells;
    private readonly (double Left, double Right, double Bottom, double Top) _range;
    private readonly IReadOnlyList<(double X, double Y, int Class)> _points;
    private readonly IReadOnlyList<string> _classes;

    public BoundaryPanel(double[,,] shares, (double Left, double Right, double Bottom, double Top) range, IReadOnlyList<(double X, double Y, int Class)> points, IReadOnlyList<string> classes)
        : base("What would be chosen at each place; paler: less sure")
    {
        (_range, _points, _classes) = (range, points, classes);
        _cells = new Color?[shares.GetLength(0), shares.GetLength(1)];
        for (int row = 0; row < _cells.GetLength(0); row++)
        {
            for (int column = 0; column < _cells.GetLength(1); column++)
                _cells[row, column] = ColourAt(shares, row, column);
        }
    }

    internal override int Width => 620;

    internal override int Height => 520;

    internal override Plot Draw()
    {
        Typefaces.Require();
        var plot = new Plot();
        Furniture.ApplyTo(plot, "first input");
        plot.HideGrid();
        plot.Add.Plottable(new CellGrid(_cells, _range.Left, _range.Right, _range.Bottom, _range.Top));
        for (int label = 0; label < _classes.Count; label++)
        {
            // Only as many as can be seen, spread over all.
            Coordinates[] of = [.. _points.Where(point => point.Class == label).Select(point => new Coordinates(point.X, point.Y))];
            int stride = Math.Max(1, of.Length * _classes.Count / PointsAtMost);
            ScottPlot.Plottables.Markers markers = plot.Add.Markers(of.Where((_, i) => i % stride == 0).ToArray(), _shapes[label % _shapes.Length], 7, Palette.At(label));
            markers.MarkerStyle.OutlineColor = Colors.White;
            markers.MarkerStyle.OutlineWidth = 1;
            markers.LegendText = Legible.Text(_classes[label], 20);
        }
        plot.Axes.SetLimits(_range.Left, _range.Right, _range.Bottom, _range.Top);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic();
        Furniture.ShowLegend(plot, Alignment.UpperRight);
        return plot;
    }

    // A place where the classifier gives no number stays white.
    private static Color? ColourAt(double[,,] shares, int row, int column)
    {
        int best = 0, classes = shares.GetLength(2);
        for (int i = 0; i < classes; i++)
        {
            if (double.IsNaN(shares[row, column, i])) return null;
            if (shares[row, column, i] > shares[row, column, best]) best = i;
        }
        double sure = classes < 2 ? 1 : (shares[row, column, best] - 1.0 / classes) / (1 - 1.0 / classes);
        return ColourMap.Mix(Colors.White, Palette.At(best), 0.12 + 0.38 * Math.Round(sure * Levels) / Levels);
    }
}
