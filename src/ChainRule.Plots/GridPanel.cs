using System.Globalization;
using ScottPlot;

namespace ChainRule.Plots;

/// <summary>Shares by row and column: a colour, and the number in percent.</summary>
internal sealed class GridPanel(ValueGrid grid) : FigurePanel(grid.Title)
{
    private const int Cell = 28, Beside = 90, Above = 110;

    private int Rows => grid.Values.GetLength(0);

    private int Columns => grid.Values.GetLength(1);

    internal override int Width => Math.Max(360, Cell * Columns + Beside);

    internal override int Height => Cell * Rows + Above;

    internal override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{grid.Title}: from {grid.Values.Cast<double>().Where(double.IsFinite).DefaultIfEmpty().Min():P0} to {grid.Values.Cast<double>().Where(double.IsFinite).DefaultIfEmpty().Max():P0}.");

    internal override Plot Draw()
    {
        Typefaces.Require();
        var plot = new Plot();
        Furniture.ApplyTo(plot, grid.ColumnLabel);
        plot.HideGrid();
        var cells = new Color?[Rows, Columns];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
                cells[row, column] = double.IsFinite(grid.Values[row, column]) ? ColourMap.At(grid.Values[row, column]) : null;
        }
        plot.Add.Plottable(new CellGrid(cells, -0.5, Columns - 0.5, -Rows + 0.5, 0.5));
        WriteNumbers(plot);
        foreach ((int row, int column) in grid.Marked)
            Frame(plot, row, column);
        Furniture.NameRows(plot, grid.RowNames);
        NameColumns(plot);
        return plot;
    }

    private void NameColumns(Plot plot)
    {
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        for (int i = 0; i < Columns; i++)
            ticks.AddMajor(i, Legible.Text(grid.ColumnNames[i], 14));
        plot.Axes.Bottom.TickGenerator = ticks;
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.SetLimitsX(-0.5, Math.Max(Columns, 1) - 0.5);
    }

    private void WriteNumbers(Plot plot)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                double value = grid.Values[row, column];
                if (double.IsFinite(value))
                    Furniture.Write(plot, Percent(value), column, -row, value > 0.6 ? Palette.Ink : Colors.White, 10);
            }
        }
    }

    // Below one percent a zero would hide by how much.
    private static string Percent(double share) => (100 * share).ToString(share < 0.0095 ? ".0" : "F0", CultureInfo.InvariantCulture);

    private static void Frame(Plot plot, int row, int column)
    {
        ScottPlot.Plottables.Rectangle frame = plot.Add.Rectangle(column - 0.46, column + 0.46, -row - 0.46, -row + 0.46);
        frame.FillStyle.Color = Colors.Transparent;
        frame.LineStyle.Color = ColourMap.NotFinite;
        frame.LineStyle.Width = 2;
    }
}
