using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class DropoutTests
{
    private static readonly RandomKey Key = new(1);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Elements_are_dropped_with_the_probability_and_the_mean_is_kept(double probability)
    {
        const int Count = 40_000;
        double[] y = new Dropout(probability, Key).Forward(Tensor.Ones([Count], DType.Float64)).ToArray<double>();
        Assert.All(y, value => Assert.True(value == 0 || Math.Abs(value - 1 / (1 - probability)) < 1e-14));
        // Four standard deviations of a share and of a mean.
        double deviation = Math.Sqrt(probability * (1 - probability) / Count);
        Assert.Equal(probability, y.Count(value => value == 0) / (double)Count, 4 * deviation);
        Assert.Equal(1, y.Average(), 4 * deviation / (1 - probability));
    }

    [Fact]
    public void Inside_Vmap_all_examples_lose_the_same_elements()
    {
        const int Count = 64;
        var dropout = new Dropout(0.5, Key);
        Tensor y = Differentiate.Vmap(dropout.Forward)(Tensor.Ones([3, Count], DType.Float64));
        double[] first = y[0].ToArray<double>();
        Assert.InRange(first.Count(value => value == 0), 1, Count - 1);
        Assert.Equal(first, y[1].ToArray<double>());
        Assert.Equal(first, y[2].ToArray<double>());
        Assert.Equal(1, dropout.Draws);
        // To the whole batch, outside, each example loses its own.
        Tensor apart = dropout.Forward(Tensor.Ones([2, Count], DType.Float64));
        Assert.NotEqual(apart[0].ToArray<double>(), apart[1].ToArray<double>());
    }

    [Fact]
    public void In_use_nothing_is_dropped_and_nothing_drawn()
    {
        var dropout = new Dropout(0.5, Key);
        dropout.Eval();
        Tensor x = Tensor.Ones([10]);
        Assert.Same(x, dropout.Forward(x));
        Assert.Equal(0, dropout.Draws);
    }

    [Fact]
    public void With_probability_zero_nothing_is_dropped_and_with_one_everything()
    {
        Tensor x = Tensor.From([1.0, -2, double.PositiveInfinity]).RequiresGrad();
        Assert.Same(x, new Dropout(0, Key).Forward(x));
        Tensor y = new Dropout(1, Key).Forward(x);
        y.Sum().Backward();
        Assert.Equal([0.0, 0, 0], y.ToArray<double>());
        Assert.Equal([0.0, 0, 0], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void The_gradient_flows_through_the_elements_that_were_kept()
    {
        Tensor x = Tensor.Ones([1000], DType.Float64).RequiresGrad();
        Tensor y = new Dropout(0.75, Key).Forward(x);
        y.Sum().Backward();
        Assert.Equal(y.ToArray<double>(), x.Grad!.ToArray<double>());
        Assert.Equal([0, 4], y.ToArray<double>().Distinct().Order());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_dropped_element_counts_for_nothing_whatever_it_was(double bad)
    {
        Tensor x = Tensor.Full([100], bad, DType.Float64).RequiresGrad();
        Tensor y = new Dropout(0.5, Key).Forward(x);
        bool[] isKept = [.. new Dropout(0.5, Key).Forward(Tensor.Ones([100])).ToArray<float>().Select(value => value != 0)];
        y.Sum().Backward();
        Assert.InRange(isKept.Count(kept => kept), 1, 99);
        Assert.Equal(isKept.Select(kept => kept ? bad : 0), y.ToArray<double>());
        Assert.Equal(isKept.Select(kept => kept ? 2.0 : 0), x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Draws_continue_an_interrupted_run()
    {
        Tensor x = Tensor.Ones([200]);
        var dropout = new Dropout(0.5, Key);
        float[][] drawn = [.. Enumerable.Range(0, 3).Select(_ => dropout.Forward(x).ToArray<float>())];
        Assert.Equal(3, dropout.Draws);
        Assert.NotEqual(drawn[0], drawn[1]);
        Assert.NotEqual(drawn[1], drawn[2]);
        var resumed = new Dropout(0.5, Key) { Draws = 1 };
        Assert.Equal(drawn[1], resumed.Forward(x).ToArray<float>());
        Assert.Equal(drawn[2], resumed.Forward(x).ToArray<float>());
        Assert.NotEqual(drawn[0], new Dropout(0.5, new RandomKey(2)).Forward(x).ToArray<float>());
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void The_probability_is_one(double bad) => Assert.Throws<ArgumentOutOfRangeException>("probability", () => new Dropout(bad));

    [Fact]
    public void The_text_says_the_probability() => Assert.Equal("Dropout(0.25)", new Dropout(0.25).ToString());
}
