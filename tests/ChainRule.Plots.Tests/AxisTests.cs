using System.Globalization;
using ScottPlot;

namespace ChainRule.Plots.Tests;

/// <summary>Which scale an axis takes, and where values lie on it.</summary>
public sealed class AxisTests
{
    [Theory]
    [InlineData(new double[] { 1, 10 }, false)]
    [InlineData(new double[] { 1, 21 }, true)]
    [InlineData(new double[] { 1, 100, -1 }, false)]
    [InlineData(new double[] { 1, 100, 0 }, true)]
    [InlineData(new double[] { 1, 100, 0, 0, 0 }, false)]
    [InlineData(new double[] { 0, 0 }, false)]
    [InlineData(new double[] { }, false)]
    [InlineData(new double[] { 1, 100, double.NaN, double.PositiveInfinity }, true)]
    public void Logarithms_are_taken_where_most_values_are_positive_and_far_apart(double[] values, bool isLogarithmic)
    {
        var axis = new Axis(ValueScale.Automatic, values);
        Assert.Equal(isLogarithmic ? 2 : 100, axis.Place(100), 1e-12);
    }

    [Fact]
    public void A_zero_on_a_logarithmic_axis_lies_on_the_lower_border()
    {
        var axis = new Axis(ValueScale.Logarithmic, [0, 0.01, 1]);
        using var plot = new Plot();
        axis.ApplyTo(plot);
        Assert.Equal(plot.Axes.GetLimits().Bottom, axis.Place(0), 1e-12);
        Assert.True(axis.Place(0) < axis.Place(0.01));
        Assert.False(axis.IsShown(-1));
    }

    [Fact]
    public void Percent_goes_up_to_a_hundred_and_shows_at_least_a_fifth()
    {
        using var plot = new Plot();
        new Axis(ValueScale.Percent, [0.98, 0.99]).ApplyTo(plot);
        AxisLimits limits = plot.Axes.GetLimits();
        Assert.InRange(limits.Bottom, 0.78, 0.8);
        Assert.InRange(limits.Top, 1, 1.02);
    }

    [Theory]
    [InlineData(-0.1, 1.1, new[] { "1", "2", "5", "10" })]
    [InlineData(-3.1, 0.1, new[] { "0.001", "0.01", "0.1", "1" })]
    [InlineData(-0.5, 28.5, new[] { "1", "1000", "1e6", "1e9", "1e12", "1e15", "1e18", "1e21", "1e24", "1e27" })]
    public void Decades_are_labelled_where_there_is_room(double low, double high, string[] labels)
    {
        Tick[] labelled = LabelledTicks(low, high);
        Assert.Equal(labels, labelled.Select(tick => tick.Label));
        Assert.All(labelled, tick => Assert.Equal(Math.Log10(double.Parse(tick.Label, CultureInfo.InvariantCulture)), tick.Position, 1e-12));
    }

    // Ticks come to be when a plot is drawn.
    private static Tick[] LabelledTicks(double low, double high)
    {
        using var plot = new Plot();
        plot.Axes.SetLimitsY(low, high);
        plot.Axes.Left.TickGenerator = DecadeTicks.Between(low, high);
        plot.RenderInMemory();
        return [.. plot.Axes.Left.TickGenerator.Ticks.Where(tick => tick.IsMajor)];
    }
}
