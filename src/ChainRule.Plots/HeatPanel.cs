using System.Globalization;
using ScottPlot;

namespace ChainRule.Plots;

/// <summary>Values by row and step as colours, with the scale beside them.</summary>
internal sealed class HeatPanel(string title, string xLabel) : FigurePanel(title)
{
    private const int BarWidth = 14, BarGap = 18, Room = 130;

    /// <summary>The colour of each cell, the first row on top; null leaves it white.</summary>
    public required Color?[,] Cells { get; init; }

    /// <summary>The first and the last step.</summary>
    public required (double First, double Last) Steps { get; init; }

    /// <summary>Names of rows; if null, the vertical axis is one of numbers.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>The numbers at the lower and the upper border, if rows have no names.</summary>
    public (double Low, double High) Values { get; init; }

    /// <summary>What the darkest and the lightest colour mean, with words between.</summary>
    public required IReadOnlyList<(double Share, string Text)> Scale { get; init; }

    /// <summary>The colours that stand for something that is no number.</summary>
    public IReadOnlyList<(Color Colour, string Text)> Marks { get; init; } = [];

    public string Description { get; init; } = "";

    internal override int Width => 1000;

    internal override int Height => Rows is null ? 300 : Math.Max(220, 90 + 24 * Rows.Count);

    internal override string Describe() => Description;

    internal override Plot Draw()
    {
        Typefaces.Require();
        var plot = new Plot();
        Furniture.ApplyTo(plot, xLabel);
        double half = (Steps.Last - Steps.First) / (2 * Math.Max(Cells.GetLength(1) - 1, 1));
        (double left, double right) = half > 0 ? (Steps.First - half, Steps.Last + half) : (Steps.First - 0.5, Steps.Last + 0.5);
        (double bottom, double top) = Rows is null ? Values : (-Cells.GetLength(0) + 0.5, 0.5);
        plot.Add.Plottable(new CellGrid(Cells, left, right, bottom, top));
        plot.HideGrid();
        if (Rows is not null)
            Furniture.NameRows(plot, Rows);
        else
            plot.Axes.SetLimitsY(bottom, top);
        plot.Axes.SetLimitsX(left, right);
        plot.Axes.Right.MinimumSize = Room;
        plot.Axes.Right.MaximumSize = Room;
        return plot;
    }

    internal override void Decorate(SkiaSharp.SKCanvas canvas, Paint paint, PixelRect area)
    {
        float x = area.Right + BarGap, bottom = area.Bottom - 18 * Marks.Count - (Marks.Count > 0 ? 14 : 0), height = bottom - area.Top;
        using var fill = new SkiaSharp.SKPaint { IsAntialias = false };
        for (int level = 0; level < ColourMap.Levels; level++)
        {
            fill.Color = ColourMap.At(level / (ColourMap.Levels - 1.0)).ToSKColor();
            float from = bottom - height * (level + 1) / ColourMap.Levels, to = bottom - height * level / ColourMap.Levels;
            canvas.DrawRect(SkiaSharp.SKRect.Create(x, MathF.Floor(from), BarWidth, MathF.Ceiling(to) - MathF.Floor(from)), fill);
        }
        foreach ((double share, string text) in Scale)
            Figure.Write(canvas, paint, text, 11, Palette.Ink, x + BarWidth + 6, bottom - height * (float)share - 7);
        for (int i = 0; i < Marks.Count; i++)
        {
            float y = bottom + 16 + 18 * i;
            fill.Color = Marks[i].Colour.ToSKColor();
            canvas.DrawRect(SkiaSharp.SKRect.Create(x, y, BarWidth, 12), fill);
            using var frame = new SkiaSharp.SKPaint { IsStroke = true, Color = Palette.Frame.ToSKColor() };
            canvas.DrawRect(SkiaSharp.SKRect.Create(x, y, BarWidth, 12), frame);
            Figure.Write(canvas, paint, Marks[i].Text, 11, Palette.Ink, x + BarWidth + 6, y - 1);
        }
    }

    /// <summary>Words for the powers of ten of a logarithmic scale of colours.</summary>
    public static IReadOnlyList<(double Share, string Text)> Decades(double low, double high)
    {
        int stride = Math.Max(1, (int)Math.Ceiling((high - low) / 6));
        var words = new List<(double, string)>();
        for (int decade = (int)Math.Ceiling(low); decade <= high; decade += stride)
            words.Add(((decade - low) / (high - low), string.Create(CultureInfo.InvariantCulture, $"1e{decade}")));
        return words;
    }
}
