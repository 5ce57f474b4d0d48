using ScottPlot;

namespace ChainRule.Plots.Tests;

public sealed class LegendCornerTests
{
    [Fact]
    public void Where_nothing_is_hidden_it_is_the_upper_right() => Assert.Equal(Alignment.UpperRight, LegendCorner.LeastHidden([], 0.5, 0.3));

    [Theory]
    // Falls: from the upper left to the lower right.
    [InlineData(0, 1, 1, 0, Alignment.UpperRight)]
    // Rises, with no point inside a corner but its ends.
    [InlineData(0, 0, 1, 1, Alignment.LowerRight)]
    // Along the upper edge.
    [InlineData(0, 1, 1, 1, Alignment.LowerRight)]
    // Along the right edge.
    [InlineData(1, 0, 1, 1, Alignment.UpperLeft)]
    public void The_emptiest_corner_is_taken(double x0, double y0, double x1, double y1, Alignment expected) =>
        Assert.Equal(expected, LegendCorner.LeastHidden([[new(x0, y0), new(x1, y1)]], 0.5, 0.3));

    [Fact]
    public void Of_full_corners_the_one_that_hides_the_shortest_part_is_taken() =>
        Assert.Equal(Alignment.LowerLeft, LegendCorner.LeastHidden([[new(0, 1), new(1, 1), new(1, 0), new(0.4, 0)]], 0.5, 0.3));
}
