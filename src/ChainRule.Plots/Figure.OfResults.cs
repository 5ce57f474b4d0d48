using System.Globalization;

namespace ChainRule.Plots;

public sealed partial class Figure
{
    private const int Places = 90;
    private const double MarginShare = 0.12;

    /// <summary>What was taken for what.</summary>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="counts">Examples by their class (rows) and the class that was predicted (columns).</param>
    /// <exception cref="ArgumentException">There is not one row and one column for each class.</exception>
    public static Figure OfConfusion(IReadOnlyList<string> classes, long[,] counts)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.GetLength(0) != classes.Count || counts.GetLength(1) != classes.Count)
            throw new ArgumentException($"There are {classes.Count} classes, and counts of {counts.GetLength(0)} by {counts.GetLength(1)}.", nameof(counts));
        long right = 0, all = 0;
        for (int i = 0; i < classes.Count; i++)
        {
            right += counts[i, i];
            for (int j = 0; j < classes.Count; j++)
                all += counts[i, j];
        }
        return new Figure("Confusion matrix", string.Create(CultureInfo.InvariantCulture, $"{right:N0} of {all:N0} right, on the diagonal")).Add(new ConfusionPanel(classes, counts));
    }

    /// <summary>Which class a classifier chooses at each place of the plane, with the examples.</summary>
    /// <param name="points">The examples: two inputs and the number of the class.</param>
    /// <param name="probabilities">From inputs [count, 2] to the probabilities [count, classes] of each class.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <exception cref="ArgumentException">The probabilities are not of that shape, or a point has a class that has no name.</exception>
    public static Figure OfDecisionBoundary(IReadOnlyList<(double X, double Y, int Class)> points, Func<Tensor, Tensor> probabilities, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(classes);
        if (points.FirstOrDefault(point => point.Class < 0 || point.Class >= classes.Count) is { } odd && points.Any(point => point.Class < 0 || point.Class >= classes.Count))
            throw new ArgumentException($"A point has the class {odd.Class}, and there are {classes.Count} names.", nameof(points));
        (double left, double right) = Range(points.Select(point => point.X));
        (double bottom, double top) = Range(points.Select(point => point.Y));
        var inputs = new float[Places * Places * 2];
        for (int i = 0; i < Places * Places; i++)
        {
            // Row 0 is on top.
            inputs[2 * i] = (float)(left + (right - left) * (i % Places + 0.5) / Places);
            inputs[2 * i + 1] = (float)(top - (top - bottom) * (i / Places + 0.5) / Places);
        }
        Tensor result;
        using (new NoGrad())
            result = probabilities(Tensor.From(inputs, [Places * Places, 2]));
        if (!result.Shape.Equals(ChainRule.Shape.Create([Places * Places, classes.Count])))
            throw new ArgumentException($"The probabilities have the shape {result.Shape}, not [{Places * Places}, {classes.Count}].", nameof(probabilities));
        double[] flat = result.ToArray<double>();
        var shares = new double[Places, Places, classes.Count];
        Buffer.BlockCopy(flat, 0, shares, 0, flat.Length * sizeof(double));
        return new Figure("Decision boundary").Add(new BoundaryPanel(shares, (left, right, bottom, top), points, classes));
    }

    /// <summary>Shares of something by pairs of settings, as colours with the percents written in them; the grids stand side by side.</summary>
    /// <param name="title">What they say.</param>
    /// <param name="subtitle">Of what.</param>
    /// <param name="grids">The shares.</param>
    /// <exception cref="ArgumentException">There is not one name for each row and column.</exception>
    public static Figure OfShares(string title, string subtitle, params IReadOnlyList<ValueGrid> grids)
    {
        ArgumentNullException.ThrowIfNull(grids);
        var figure = new Figure(title, subtitle);
        foreach (ValueGrid grid in grids)
        {
            if (grid.Values.GetLength(0) != grid.RowNames.Count || grid.Values.GetLength(1) != grid.ColumnNames.Count)
                throw new ArgumentException($"\"{grid.Title}\" has {grid.Values.GetLength(0)} rows and {grid.Values.GetLength(1)} columns, and {grid.RowNames.Count} and {grid.ColumnNames.Count} names for them.", nameof(grids));
            figure.Add(new GridPanel(grid));
        }
        return figure;
    }

    /// <summary>The V-curve of a gradient check: how wrong a difference is at each step.</summary>
    public static Figure OfGradientCheck(DifferenceErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        CurvePlot plot = new CurvePlot("Error of the derivative, relative", "step h") { IsXLogarithmic = true, Scale = ValueScale.Logarithmic, PanelWidth = 800 }
            .Add(Curve("float32, central difference", errors.InFloat32))
            .Add(Curve("float64, central difference", errors.InFloat64))
            .Add(Curve("float64, Ridders from h", errors.ByRidders));
        return new Figure("Too large a step cuts the series off, too small a step drowns in rounding", "error of numerical derivatives against the exact one; lower is better").Add(plot);

        CurveSeries Curve(string name, IReadOnlyList<double> values) => new(name, errors.Steps, values) { HasMarkers = true };
    }

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(Axis.IsDrawable)];
        if (finite.Length == 0) return (-1, 1);
        double margin = Math.Max(MarginShare * (finite.Max() - finite.Min()), 1e-3);
        return (finite.Min() - margin, finite.Max() + margin);
    }
}
