using ScottPlot;

namespace ChainRule.Plots.Tests;

public sealed class ThinningTests
{
    [Fact]
    public void Few_points_stay_as_they_are()
    {
        List<Coordinates> points = [new(0, 1), new(1, 5), new(2, 3)];
        Assert.Equal(points, Thinning.ToEnvelope(points, 3));
    }

    [Fact]
    public void Of_a_million_points_every_spike_stays_in_order()
    {
        List<Coordinates> points = [.. Enumerable.Range(0, 1_000_000).Select(i => new Coordinates(i, i % 10))];
        points[123_456] = new(123_456, 1e6);
        points[777_777] = new(777_777, -1e6);
        List<Coordinates> kept = Thinning.ToEnvelope(points, 1500);
        Assert.InRange(kept.Count, 750, 1500);
        Assert.Contains(points[123_456], kept);
        Assert.Contains(points[777_777], kept);
        Assert.Equal(kept.Select(point => point.X).Order(), kept.Select(point => point.X));
        // In each stretch the least and the greatest are there, so the band between them is as wide as it was.
        Assert.Equal(750, kept.Count(point => point.Y is 0 or -1e6));
        Assert.Equal(750, kept.Count(point => point.Y is 9 or 1e6));
    }
}
