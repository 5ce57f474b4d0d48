namespace ChainRule.Plots.Tests;

public sealed class CurvePlotTests
{
    [Fact]
    public void Lengths_that_differ_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new CurvePlot("p", "x").Add(new CurveSeries("loss", [1, 2, 3], [1, 2])));
        Assert.Contains("\"loss\" has 3 x values and 2 y values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new CurvePlot("p", "x").Add(null!));
        Assert.Throws<ArgumentNullException>(() => new Figure("f").Add(null!));
    }

    [Fact]
    public void More_curves_than_colours_differ_in_their_lines()
    {
        var plot = new CurvePlot("p", "x");
        for (int i = 0; i < 14; i++)
            plot.Add(new CurveSeries($"c{i}", [1, 2], [i, i + 1]));
        (string, string)[] looks = [.. plot.Draw().GetPlottables<ScottPlot.Plottables.Scatter>().Select(line => (line.LineStyle.Color.ToHex(), line.LinePattern.Name))];
        Assert.Equal(14, looks.Distinct().Count());
        Assert.All(looks[..6], look => Assert.Equal(looks[0].Item2, look.Item2));
    }

    [Fact]
    public void The_first_loss_that_is_not_a_number_is_marked_and_said()
    {
        double[] losses = [.. Enumerable.Range(1, 400).Select(step => step >= 391 ? double.NaN : 1.0 / step)];
        string svg = Figure.OfLoss(losses).ToSvg();
        Assert.Contains("All steps: the loss is not a finite number at 10 of 400 steps, which are not drawn; the first, at step 391, is NaN.", svg, StringComparison.Ordinal);
        Assert.Contains("steps: the loss is not a finite number at 10 of 80 steps", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("not a finite number", Figure.OfLoss(losses[..390]).ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_loss_that_is_infinite_is_marked_even_if_none_is_finite()
    {
        string svg = Figure.OfLoss([double.PositiveInfinity, double.NaN]).ToSvg();
        Assert.Contains("at 2 of 2 steps, which are not drawn; the first, at step 1, is infinite.", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_points_are_drawn_as_few()
    {
        double[] x = [.. Enumerable.Range(0, 1_000_000).Select(i => (double)i)], y = [.. x.Select(value => 2 + Math.Sin(value))];
        string svg = new Figure("f").Add(new CurvePlot("p", "x").Add(new CurveSeries("c", x, y))).ToSvg();
        // 1,500 points of some 20 letters, not twenty million.
        Assert.InRange(svg.Length, 10_000, 200_000);
    }
}
