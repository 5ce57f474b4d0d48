using ScottPlot;
using SkiaSharp;

namespace ChainRule.Plots;

/// <summary>Cells of one colour each, as rectangles: neighbours in a row of the same colour are one, so that an SVG stays small and sharp.</summary>
internal sealed class CellGrid(Color?[,] cells, double left, double right, double bottom, double top) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = ScottPlot.Axes.Default;

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => new(left, right, bottom, top);

    public void Render(RenderPack rp)
    {
        int rows = cells.GetLength(0), columns = cells.GetLength(1);
        using var paint = new SKPaint { IsAntialias = false };
        for (int row = 0; row < rows; row++)
        {
            for (int start = 0; start < columns;)
            {
                int end = start + 1;
                while (end < columns && cells[row, end] == cells[row, start])
                    end++;
                if (cells[row, start] is { } colour)
                    Fill(rp, paint, colour, Place(left, right, start, columns), Place(left, right, end, columns), Place(top, bottom, row, rows), Place(top, bottom, row + 1, rows));
                start = end;
            }
        }
    }

    private static double Place(double from, double to, int index, int count) => from + (to - from) * index / count;

    private void Fill(RenderPack rp, SKPaint paint, Color colour, double x1, double x2, double y1, double y2)
    {
        Pixel from = Axes.GetPixel(new Coordinates(x1, y1)), to = Axes.GetPixel(new Coordinates(x2, y2));
        paint.Color = colour.ToSKColor();
        // Whole pixels leave no seams between neighbours.
        rp.Canvas.DrawRect(SKRect.Create(MathF.Round(from.X), MathF.Round(from.Y), MathF.Round(to.X) - MathF.Round(from.X), MathF.Round(to.Y) - MathF.Round(from.Y)), paint);
    }
}
