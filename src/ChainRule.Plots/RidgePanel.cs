using ScottPlot;

namespace ChainRule.Plots;

/// <summary>Distributions behind one another, the latest in front.</summary>
internal sealed class RidgePanel(string title, string xLabel, IReadOnlyList<(long Step, double[] Shares)> ridges, double low, double high) : FigurePanel(title)
{
    private const double Overlap = 2.2;

    internal override int Height => 400;

    internal override Plot Draw()
    {
        Typefaces.Require();
        var plot = new Plot();
        Furniture.ApplyTo(plot, xLabel);
        plot.HideGrid();
        double highest = Math.Max(1e-12, ridges.SelectMany(ridge => ridge.Shares).DefaultIfEmpty(1).Max());
        for (int i = 0; i < ridges.Count; i++)
        {
            double[] shares = ridges[i].Shares;
            double[] x = [.. Enumerable.Range(0, shares.Length).Select(bin => low + (high - low) * (bin + 0.5) / shares.Length)];
            double floor = -i;
            double[] y = [.. shares.Select(share => floor + Overlap * share / highest)];
            ScottPlot.Plottables.FillY fill = plot.Add.FillY(x, [.. x.Select(_ => floor)], y);
            fill.FillColor = ColourMap.At(0.15 + 0.65 * i / Math.Max(1, ridges.Count - 1)).WithAlpha(0.9);
            (fill.LineColor, fill.LineWidth) = (Colors.White, 1);
        }
        Furniture.NameRows(plot, [.. ridges.Select(ridge => $"step {ridge.Step}")]);
        plot.Axes.SetLimits(low, high, -ridges.Count + 0.5, Overlap + 0.2);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic();
        return plot;
    }
}
