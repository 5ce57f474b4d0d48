using ChainRule.Autograd;

namespace ChainRule.Tests.Autograd;

public sealed class RiddersTests
{
    [Theory]
    [InlineData("exp")]
    [InlineData("sin")]
    [InlineData("tanh")]
    [InlineData("log")]
    [InlineData("sqrt")]
    public void Central_differences_reach_eleven_digits(string name)
    {
        (Func<double, double> function, Func<double, double> derivative) = Functions(name);
        for (double x = 0.5; x < 3; x += 0.01)
        {
            Slope slope = Ridders.Central(step => function(x + step), 0.1);
            Assert.Equal(derivative(x), slope.Value, Math.Max(Math.Abs(derivative(x)) * 1e-11, 1e-13));
        }
    }

    [Fact]
    public void One_sided_differences_see_both_slopes_of_a_kink()
    {
        static double Kinked(double x) => Math.Max(x, 0) * 3 + x * x;
        Assert.Equal(3, Ridders.OneSided(Kinked, 0.1).Value, 1e-9);
        Assert.Equal(0, Ridders.OneSided(Kinked, -0.1).Value, 1e-9);
    }

    [Fact]
    public void A_kink_is_stepped_over_if_the_smallest_steps_do_not_reach_it() =>
        Assert.Equal(1, Ridders.Central(step => Math.Abs(step + 0.03), 0.1).Value, 1e-12);

    [Fact]
    public void The_error_tells_that_a_kink_is_within_reach() =>
        Assert.True(Ridders.Central(step => Math.Abs(step + 0.0005), 0.1).Error > 1e-3);

    [Fact]
    public void Not_a_number_has_no_slope() => Assert.Equal(double.NaN, Ridders.Central(_ => double.NaN, 0.1).Value);

    [Fact]
    public void A_constant_has_slope_zero_without_error() => Assert.Equal(new Slope(0, 0), Ridders.Central(_ => 7, 0.1));

    private static (Func<double, double> Function, Func<double, double> Derivative) Functions(string name) => name switch
    {
        "exp" => (Math.Exp, Math.Exp),
        "sin" => (Math.Sin, Math.Cos),
        "tanh" => (Math.Tanh, x => 1 / (Math.Cosh(x) * Math.Cosh(x))),
        "log" => (Math.Log, x => 1 / x),
        _ => (Math.Sqrt, x => 0.5 / Math.Sqrt(x)),
    };
}
