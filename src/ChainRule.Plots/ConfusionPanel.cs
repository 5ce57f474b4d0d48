using System.Globalization;
using ScottPlot;

namespace ChainRule.Plots;

/// <summary>What was predicted (columns) for each class (rows): blue where right, orange where wrong, the darker the more of the class.</summary>
internal sealed class ConfusionPanel(IReadOnlyList<string> classes, long[,] counts) : FigurePanel("Rows: what it is. Columns: what it was taken for.")
{
    private const int ClassesWithNumbers = 25;

    private int Side => Math.Clamp(38 * classes.Count, 200, 620);

    internal override int Width => Math.Max(500, Side + 180);

    internal override int Height => Side + 110;

    internal override string Describe() => string.Join("; ", Enumerable.Range(0, Math.Min(classes.Count, 100)).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{Legible.Text(classes[i], 40)}: {counts[i, i]} of {Support(i)} right")));

    internal override Plot Draw()
    {
        Typefaces.Require();
        var plot = new Plot();
        Furniture.ApplyTo(plot, "taken for");
        plot.HideGrid();
        int size = classes.Count;
        var cells = new Color?[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
                cells[row, column] = Shade(row, column) is var shade and > 0 ? ColourMap.Mix(Colors.White, Palette.At(row == column ? 0 : 1), shade) : Color.FromHex("#f5f7f9");
        }
        plot.Add.Plottable(new CellGrid(cells, -0.5, size - 0.5, -size + 0.5, 0.5));
        if (size <= ClassesWithNumbers)
            WriteNumbers(plot);
        Furniture.NameRows(plot, classes);
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        for (int i = 0; i < size; i++)
            ticks.AddMajor(i, Legible.Text(classes[i], 14));
        plot.Axes.Bottom.TickGenerator = ticks;
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        if (classes.Any(name => name.Length > 4))
            (plot.Axes.Bottom.TickLabelStyle.Rotation, plot.Axes.Bottom.TickLabelStyle.Alignment, plot.Axes.Bottom.MinimumSize) = (-45, Alignment.MiddleRight, 70);
        plot.Axes.SetLimitsX(-0.5, Math.Max(size, 1) - 0.5);
        return plot;
    }

    private void WriteNumbers(Plot plot)
    {
        for (int row = 0; row < classes.Count; row++)
        {
            for (int column = 0; column < classes.Count; column++)
            {
                if (counts[row, column] == 0) continue;
                Furniture.Write(plot, counts[row, column].ToString(CultureInfo.InvariantCulture), column, -row, Shade(row, column) > 0.55 ? Colors.White : Palette.Ink, 12);
            }
        }
    }

    // A few mistakes among many right ones must still be seen.
    private double Shade(int row, int column)
    {
        if (counts[row, column] == 0) return 0;
        double share = (double)counts[row, column] / Support(row);
        return row == column ? 0.15 + 0.75 * share : 0.2 + 0.7 * Math.Sqrt(share);
    }

    private long Support(int row)
    {
        long sum = 0;
        for (int column = 0; column < classes.Count; column++)
            sum += counts[row, column];
        return sum;
    }
}
