using ChainRule.Cli.Output;

namespace ChainRule.Cli.Tests.Output;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0.0%")]
    [InlineData(0.98329, "98.3%")]
    [InlineData(1, "100.0%")]
    [InlineData(double.NaN, "–")]
    public void Percent(double share, string expected) => Assert.Equal(expected, Figures.Percent(share));

    [Theory]
    [InlineData(0, "0.00000")]
    [InlineData(2.302585, "2.3026")]
    [InlineData(0.012345, "0.01235")]
    [InlineData(0.00001234, "1.23e-5")]
    [InlineData(189507, "1.90e+5")]
    [InlineData(4.7736e27, "4.77e+27")]
    [InlineData(double.NaN, "NaN")]
    public void Loss(double loss, string expected) => Assert.Equal(expected, Figures.Loss(loss));

    [Theory]
    [InlineData(0, "0:00")]
    [InlineData(7, "0:07")]
    [InlineData(61, "1:01")]
    [InlineData(754, "12:34")]
    [InlineData(3600, "1:00:00")]
    [InlineData(11_045, "3:04:05")]
    [InlineData(1e12, "999:59:59")]
    public void Clock(double seconds, string expected) => Assert.Equal(expected, Figures.Clock(seconds));

    [Theory]
    [InlineData(0, "0 classes")]
    [InlineData(1, "1 class")]
    [InlineData(1234567, "1,234,567 classes")]
    public void Plural(long count, string expected) => Assert.Equal(expected, Figures.Plural(count, "class", "classes"));

    [Theory]
    [InlineData(9.994, "9.99 s")]
    [InlineData(615.6, "615.6 s")]
    public void Seconds(double seconds, string expected) => Assert.Equal(expected, Figures.Seconds(seconds));

    [Theory]
    [InlineData(0.001, "0.001")]
    [InlineData(1000, "1000")]
    [InlineData(1e-5, "0.00001")]
    [InlineData(1.25e-7, "0.000000125")]
    [InlineData(1e-12, "1E-12")]
    public void Number(double number, string expected) => Assert.Equal(expected, Figures.Number(number));
}
