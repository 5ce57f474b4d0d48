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
    public void A_million_points_are_drawn_as_few()
    {
        double[] x = [.. Enumerable.Range(0, 1_000_000).Select(i => (double)i)], y = [.. x.Select(value => 2 + Math.Sin(value))];
        string svg = new Figure("f").Add(new CurvePlot("p", "x").Add(new CurveSeries("c", x, y))).ToSvg();
        // 1,500 points of some 20 letters, not twenty million.
        Assert.InRange(svg.Length, 10_000, 200_000);
    }
}
