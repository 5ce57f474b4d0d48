using ChainRule.Cli.Display;

namespace ChainRule.Cli.Tests.Display;

public sealed class SparklineTests
{
    [Fact]
    public void Each_value_is_a_block_between_the_least_and_the_greatest() => Assert.Equal("▁▂▃▄▅▆▇█", Sparkline.Of([0, 1, 2, 3, 4, 5, 6, 7], 8, isLogarithmic: false));

    [Fact]
    public void Ratios_count_on_a_logarithmic_curve() => Assert.Equal("█▅▁", Sparkline.Of([100, 10, 1], 10, isLogarithmic: true));

    [Fact]
    public void Neighbours_are_averaged_where_there_are_too_many() => Assert.Equal("▁█", Sparkline.Of([0, 2, 4, 6], 2, isLogarithmic: false));

    [Fact]
    public void Equal_values_are_flat() => Assert.Equal("▁▁▁", Sparkline.Of([5, 5, 5], 9, isLogarithmic: false));

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 4)]
    public void What_cannot_be_drawn_is_left_out(bool isLogarithmic, int blocks) =>
        Assert.Equal(blocks, Sparkline.Of([1, double.NaN, 0, double.PositiveInfinity, -1, 2, double.NegativeInfinity], 20, isLogarithmic).Length);

    [Fact]
    public void Nothing_is_an_empty_line()
    {
        Assert.Equal("", Sparkline.Of([], 10, isLogarithmic: false));
        Assert.Equal("", Sparkline.Of([double.NaN], 10, isLogarithmic: false));
        Assert.Equal("", Sparkline.Of([1, 2], 0, isLogarithmic: false));
    }

    [Fact]
    public void A_million_values_fit_the_width() => Assert.Equal(60, Sparkline.Of([.. Enumerable.Range(1, 1_000_000).Select(i => 1.0 / i)], 60, isLogarithmic: true).Length);
}
