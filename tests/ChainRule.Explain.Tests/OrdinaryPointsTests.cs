namespace ChainRule.Explain.Tests;

public sealed class OrdinaryPointsTests
{
    // Near a pole, an edge of the domain, a kink, an overflow, and where the function waves a thousand times faster than its place says.
    public static TheoryData<string, double, double> Points => new()
    {
        { "1/x", 0.1, -100 },
        { "1/x", 0.001, -1e6 },
        { "log(x)", 0.1, 10 },
        { "log(x)", 0.001, 1000 },
        { "sqrt(x)", 0.0005, 1 / (2 * Math.Sqrt(0.0005)) },
        { "relu(x)", 0.0001, 1 },
        { "exp(x)", 700, Math.Exp(700) },
        { "asin(x)", 0.999, 1 / Math.Sqrt((1 - 0.999) * (1 + 0.999)) },
        { "atanh(x)", 0.999, 1 / ((1 - 0.999) * (1 + 0.999)) },
        { "acosh(x)", 1.0005, 1 / Math.Sqrt((1.0005 - 1) * (1.0005 + 1)) },
        { "sin(1000*x)", 1, 1000 * Math.Cos(1000) },
        { "sin(x)+1000", 1e-10, 1 },
        { "x^2+5", 1e-12, 2e-12 },
    };

    [Theory]
    [MemberData(nameof(Points))]
    public void The_numeric_witness_follows_at_ordinary_points(string expression, double x, double expected)
    {
        Explanation explanation = Explanation.Of(expression, ("x", x));
        Assert.Equal(0, (explanation.Inputs[0].Numeric.Item<double>() - expected) / Math.Max(1e-3, Math.Abs(expected)), 1e-9);
        Assert.InRange(explanation.LargestDisagreement, 0, 1e-6);
        Assert.DoesNotContain("disagree on", explanation.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_witness_that_disagrees_is_told_on_every_page()
    {
        // The slopes of 0 and 1 give a difference of 1/2, where the library takes 0.
        Explanation explanation = Explanation.Of("relu(x)", ("x", 0));
        Assert.Equal(1, explanation.LargestDisagreement, 1e-9);
        foreach (string page in new[] { explanation.ToText(width: 1000), explanation.ToMarkdown(), explanation.ToHtml() })
            Assert.Contains("The witnesses disagree on ∂L/∂x by 1.0e+0 relative to the largest of them.", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_derivative_that_is_wrong_is_not_hidden_by_its_size()
    {
        // 0 by the convention, 0.00005 by differences.
        Assert.Equal(1, Explanation.Of("relu(0.0001*x)", ("x", 0)).LargestDisagreement, 1e-9);
    }
}
