using System.Xml.Linq;
using ChainRule.Optim;

namespace ChainRule.Plots.Tests;

public sealed class LearningRateTestTests
{
    [Fact]
    public void On_a_parabola_gradient_descent_explodes_beyond_two_by_the_curvature()
    {
        // loss = 2 w^2, curvature 4: steps beyond a rate of 0.5 grow.
        Tensor w = Tensor.From<float>([3f], [1]).RequiresGrad();
        var optimizer = new Sgd([w], 0.25);
        LearningRateTest test = LearningRateTest.Run(optimizer, () => (2 * w * w).Sum(), 1e-3, 100, 60);
        Assert.Equal(18, test.Losses[0], 1e-5);
        Assert.True(test.Rates[^1] is > 0.5 and < 100, $"{test.Rates[^1]}");
        Assert.InRange(test.Suggested, 1e-3, 0.5);
        Assert.Equal((3f, 0.25), (w.Detach().ToArray<float>()[0], optimizer.LearningRate));
        Assert.Null(w.Grad);
    }

    [Fact]
    public void Rates_grow_by_equal_ratios()
    {
        Tensor w = Tensor.From<float>([1f], [1]).RequiresGrad();
        LearningRateTest test = LearningRateTest.Run(new Sgd([w], 1), () => w.Sum() * 0f + 1f, 1e-3, 1, 4);
        Assert.Equal([1e-3, 1e-2, 1e-1, 1], test.Rates.Select(rate => Math.Round(rate, 9)));
        Assert.True(double.IsNaN(test.Suggested));
    }

    [Theory]
    [InlineData(0, 1, 10)]
    [InlineData(1, 1, 10)]
    [InlineData(1, double.PositiveInfinity, 10)]
    [InlineData(0.1, 1, 2)]
    public void Rates_that_do_not_grow_are_refused(double lowest, double highest, int steps)
    {
        Tensor w = Tensor.From<float>([1f], [1]).RequiresGrad();
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateTest.Run(new Sgd([w], 1), () => w.Sum(), lowest, highest, steps));
    }

    [Theory]
    [InlineData(0.3793, "take 0.38")]
    [InlineData(0.0123, "take 0.012")]
    [InlineData(0.001, "take 0.001")]
    [InlineData(0.00996, "take 0.01")]
    [InlineData(3, "take 3")]
    [InlineData(9.96, "take 10")]
    [InlineData(0.000999, "take 1.0e-3")]
    [InlineData(0.00002, "take 2.0e-5")]
    [InlineData(12, "take 1.2e+1")]
    public void The_suggestion_has_two_digits_and_is_plain_where_that_is_short(double rate, string label) =>
        Assert.Contains(label, Texts(Figure.OfLearningRateTest([1e-6, 1e-3, 1, 20], [1, 0.5, 0.2, 0.1], rate)));

    [Fact]
    public void A_loss_that_explodes_is_left_out_of_the_picture_and_the_suggestion_marked()
    {
        string[] texts = Texts(Figure.OfLearningRateTest([1e-3, 1e-2, 1e-1, 1], [1, 0.5, 0.2, 1e30], 1e-2));
        Assert.Contains("take 0.01", texts);
        Assert.DoesNotContain(texts, text => text.Contains("e30", StringComparison.Ordinal) || text.Contains("0000000", StringComparison.Ordinal));
    }

    private static string[] Texts(Figure figure) =>
        [.. XDocument.Parse(figure.ToSvg()).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
}
