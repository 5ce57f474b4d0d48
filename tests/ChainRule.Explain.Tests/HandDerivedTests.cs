namespace ChainRule.Explain.Tests;

/// <summary>Derivatives that were found with pen and paper.</summary>
public sealed class HandDerivedTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData("(2*x+1)^3", 2, 150)] // 3·5²·2
    [InlineData("(2x+1)^3", 2, 150)]
    [InlineData("x", 7, 1)]
    [InlineData("-x^2", 3, -6)]
    [InlineData("2^-x", 1, -0.34657359027997264)] // -ln 2 / 2
    [InlineData("2^x^2", 1, 2.772588722239781)] // 2^(x²)·ln 2·2x = 4 ln 2
    [InlineData("x*x*x", 2, 12)]
    [InlineData("x/x", 5, 0)]
    [InlineData("x^x", 1, 1)] // x^x (ln x + 1)
    [InlineData("1/x", 2, -0.25)]
    [InlineData("8/2/x", 2, -1)]
    [InlineData("x-1-x^2", 1, -1)]
    [InlineData("e^x", 0, 1)]
    [InlineData("sin(pi x)", 1, -3.141592653589793, true)]
    [InlineData("sin(pi*x)", 1, -3.141592653589793)]
    [InlineData("exp(2x)", 0, 2)]
    [InlineData("ln(x)", 4, 0.25)]
    [InlineData("log2(x)", 1, 1.4426950408889634)]
    [InlineData("log10(x)", 1, 0.4342944819032518)]
    [InlineData("sqrt(x)", 4, 0.25)]
    [InlineData("sigmoid(x)", 0, 0.25)]
    [InlineData("tanh(x)", 0, 1)]
    [InlineData("softplus(x)", 0, 0.5)]
    [InlineData("gelu(x)", 0, 0.5)]
    [InlineData("silu(x)", 0, 0.5)]
    [InlineData("erf(x)", 0, 1.1283791670955126)] // 2/√π
    [InlineData("atan(x)", 1, 0.5)]
    [InlineData("asin(x)", 0.6, 1.25)]
    [InlineData("acos(x)", 0.6, -1.25)]
    [InlineData("tan(x)", 0, 1)]
    [InlineData("cosh(x)", 0, 0)]
    [InlineData("abs(x)", -3, -1)]
    [InlineData("relu(x)", -3, 0)]
    [InlineData("relu(x)", 3, 1)]
    [InlineData("max(x, 2)", 3, 1)]
    [InlineData("min(x, 2)", 3, 0)]
    [InlineData("pow(x, 3)", 2, 12)]
    [InlineData("3(x+1)(x-1)", 2, 12)]
    [InlineData("log(1 + exp(x))", 0, 0.5)]
    [InlineData("x^0.5", 4, 0.25)]
    [InlineData("0*x", 3, 0)]
    public void The_derivative_is_the_one_on_paper(string expression, double x, double expected, bool isSlip = false)
    {
        if (isSlip)
        {
            Assert.Throws<ExpressionException>(() => Explanation.Of(expression, ("x", x)));
            return;
        }
        ExplanationInput input = Assert.Single(Explanation.Of(expression, ("x", x)).Inputs);
        foreach (Tensor witness in new[] { input.Symbolic, input.Forward, input.Reverse, input.Step.Gradient })
            Assert.Equal(expected, witness.Item<double>(), Tolerance);
        Assert.Equal(expected, input.Numeric.Item<double>(), 1e-9);
    }

    [Fact]
    public void A_sum_of_squares_of_two_products_has_the_exercise_s_gradients()
    {
        // (w1 x1 + w2 x2)² + (w1 x1 - w2 x2)² = 2 (w1 x1)² + 2 (w2 x2)², so the derivative by w1 is 4 w1 x1².
        Explanation explanation = Explanation.Of("(w1*x1+w2*x2)^2+(w1*x1-w2*x2)^2", ("w1", 1.5), ("x1", 2.0), ("w2", -1.0), ("x2", 3.0));
        Assert.Equal(["w1", "x1", "w2", "x2"], explanation.Inputs.Select(input => input.Step.Name));
        Assert.Equal([24.0, 18.0, -36.0, 12.0], explanation.Inputs.Select(input => input.Reverse.Item<double>()));
        Assert.Equal([24.0, 18.0, -36.0, 12.0], explanation.Inputs.Select(input => input.Step.Gradient.Item<double>()));
    }

    [Fact]
    public void Each_way_to_the_result_is_a_product_and_they_add_up()
    {
        // x·sin(x): one way through the product's left side, one through the sine.
        ExplanationInput input = Explanation.Of("x*sin(x)", ("x", 2.0)).Inputs[0];
        Assert.Equal(2, input.PathCount);
        Assert.Equal(2, input.Paths.Count);
        Assert.Equal([Math.Sin(2), 2 * Math.Cos(2)], input.Paths.Select(path => path.Product.Item<double>()).Order().Reverse(), (a, b) => Math.Abs(a - b) < Tolerance);
    }

    [Fact]
    public void Ways_are_counted_even_where_they_are_too_many_to_show()
    {
        // Each doubling reads its operand twice: 2^40 ways.
        string expression = "x";
        for (int i = 0; i < 10; i++)
            expression = $"({expression})*({expression})";
        ExplanationInput input = Explanation.Of(expression, ("x", 1.0)).Inputs[0];
        Assert.Equal(1024, input.PathCount);
        Assert.Equal(Explanation.MostPaths, input.Paths.Count);
        Assert.Equal(1024, input.Reverse.Item<double>());
    }
}
