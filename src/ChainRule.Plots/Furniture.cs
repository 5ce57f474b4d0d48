using ScottPlot;
using ScottPlot.TickGenerators;

namespace ChainRule.Plots;

/// <summary>What all plots have alike: colours and letters of axes, grid and legend.</summary>
internal static class Furniture
{
    public const float FontSize = 12;

    public static void ApplyTo(Plot plot, string xLabel)
    {
        plot.FigureBackground.Color = Colors.White;
        plot.Axes.Color(Palette.Ink);
        plot.Axes.FrameColor(Palette.Frame);
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = Palette.Grid;
        plot.Axes.Title.IsVisible = false;
        plot.Axes.Bottom.Label.Text = xLabel;
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
    }

    /// <summary>Names beside rows, the first on top; row i lies at -i.</summary>
    public static void NameRows(Plot plot, IReadOnlyList<string> names)
    {
        var ticks = new NumericManual();
        for (int i = 0; i < names.Count; i++)
            ticks.AddMajor(-i, Legible.Text(names[i], 22));
        plot.Axes.Left.TickGenerator = ticks;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.SetLimitsY(-Math.Max(names.Count, 1) + 0.5, 0.5);
    }

    public static void ShowLegend(Plot plot, Alignment corner)
    {
        plot.ShowLegend(corner);
        plot.Legend.FontName = Typefaces.Family;
        plot.Legend.FontSize = FontSize;
        plot.Legend.FontColor = Palette.Ink;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.8);
    }

    public static ScottPlot.Plottables.Text Write(Plot plot, string text, double x, double y, Color colour, float size = 11, Alignment alignment = Alignment.MiddleCenter, bool bold = false)
    {
        ScottPlot.Plottables.Text label = plot.Add.Text(text, x, y);
        label.LabelFontName = Typefaces.Family;
        label.LabelFontSize = size;
        label.LabelFontColor = colour;
        label.LabelBold = bold;
        label.LabelAlignment = alignment;
        return label;
    }
}
