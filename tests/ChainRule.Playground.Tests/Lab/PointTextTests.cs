using ChainRule.Playground.Lab;

namespace ChainRule.Playground.Tests.Lab;

public sealed class PointTextTests
{
    [Fact]
    public void Commas_tabs_and_a_heading_are_understood()
    {
        (IReadOnlyList<LabelledPoint> points, string? problem) = PointText.Read("x,y,class\n0.5, -0.25, 1\r\n\n-1\t1\t0\n");
        Assert.Null(problem);
        Assert.Equal([new(0.5f, -0.25f, 1), new(-1, 1, 0)], points);
    }

    [Fact]
    public void Large_coordinates_are_scaled_into_the_picture()
    {
        (IReadOnlyList<LabelledPoint> points, _) = PointText.Read("10 5 0\n-20 0 1");
        Assert.Equal([new(0.5f, 0.25f, 0), new(-1, 0, 1)], points);
    }

    [Theory]
    [InlineData("0,0,0\nhello,0,1", "Line 2")]
    [InlineData("0,0,0\n1e308,0,1", "Line 2")]
    [InlineData("0,0,0\nNaN,0,1", "Line 2")]
    [InlineData("0,0,9\n1,0,1", "Line 1")]
    [InlineData("0,0", "Line 1")]
    [InlineData("", "at least two")]
    public void What_is_no_point_is_refused_with_its_line(string text, string said)
    {
        (IReadOnlyList<LabelledPoint> points, string? problem) = PointText.Read(text);
        Assert.Empty(points);
        Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_a_thousand_points_are_refused() =>
        Assert.NotNull(PointText.Read(string.Join('\n', Enumerable.Repeat("0,0,0", 1001))).Problem);
}
