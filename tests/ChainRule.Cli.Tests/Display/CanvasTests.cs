using ChainRule.Cli.Display;

namespace ChainRule.Cli.Tests.Display;

public sealed class CanvasTests
{
    [Theory]
    // Unicode numbers the dots 1 2 3 7 down the left side and 4 5 6 8 down the right: bit n - 1 is dot n.
    [InlineData(0, 0, 0x2801)]
    [InlineData(0, 1, 0x2802)]
    [InlineData(0, 2, 0x2804)]
    [InlineData(0, 3, 0x2840)]
    [InlineData(1, 0, 0x2808)]
    [InlineData(1, 1, 0x2810)]
    [InlineData(1, 2, 0x2820)]
    [InlineData(1, 3, 0x2880)]
    public void Each_dot_is_its_bit(int x, int y, int letter)
    {
        var canvas = new Canvas(1, 1);
        canvas.Set(x, y);
        Assert.Equal([((char)letter).ToString()], canvas.Lines());
    }

    [Fact]
    public void Dots_outside_are_left_out()
    {
        var canvas = new Canvas(1, 1);
        foreach ((int x, int y) in new[] { (-1, 0), (0, -1), (2, 0), (0, 4) })
            canvas.Set(x, y);
        Assert.Equal(["\u2800"], canvas.Lines());
    }

    [Fact]
    public void A_rising_line_goes_from_the_lower_left_to_the_upper_right()
    {
        var canvas = new Canvas(2, 1);
        canvas.Plot([0, 1, 2, 3], isLogarithmic: false);
        // Columns of dots from the bottom: row 3; 3 and 2; 2 and 1; 1 and 0.
        Assert.Equal(["\u28E0\u281E"], canvas.Lines());
    }

    [Fact]
    public void Equal_ratios_are_equal_steps_on_a_logarithmic_picture()
    {
        Canvas ratios = new(2, 1), steps = new(2, 1);
        ratios.Plot([1, 10, 100, 1000], isLogarithmic: true);
        steps.Plot([0, 1, 2, 3], isLogarithmic: false);
        Assert.Equal(steps.Lines(), ratios.Lines());
    }

    [Fact]
    public void What_is_no_number_leaves_a_gap_and_nothing_leaves_nothing()
    {
        var canvas = new Canvas(2, 1);
        canvas.Plot([1, double.NaN, double.PositiveInfinity, 1], isLogarithmic: false);
        Assert.Equal(["\u2840\u2880"], canvas.Lines());
        var empty = new Canvas(1, 1);
        empty.Plot([], isLogarithmic: true);
        empty.Plot([double.NaN, -1], isLogarithmic: true);
        Assert.Equal(["\u2800"], empty.Lines());
    }

    [Fact]
    public void Without_Unicode_only_plain_signs_are_used()
    {
        var canvas = new Canvas(10, 3, isUnicode: false);
        canvas.Plot([.. Enumerable.Range(0, 50).Select(i => Math.Sin(i / 5.0))], isLogarithmic: false);
        Assert.All(canvas.Lines(), line => Assert.All(line, sign => Assert.InRange(sign, ' ', '~')));
        Assert.Contains(canvas.Lines(), line => line.Trim().Length > 0);
    }
}
