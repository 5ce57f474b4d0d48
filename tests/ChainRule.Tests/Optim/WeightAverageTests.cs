using ChainRule.Optim;

namespace ChainRule.Tests.Optim;

public sealed class WeightAverageTests
{
    [Fact]
    public void An_exponential_average_keeps_a_share_of_what_it_was()
    {
        Tensor weight = Tensor.From([1.0, 2]).RequiresGrad();
        var average = new ExponentialMovingAverage([weight], 0.75);
        Set(weight, 5, 2);
        average.Update();
        Assert.Equal([2.0, 2], average.Averages[0].ToArray<double>());
        average.Update();
        Assert.Equal([2.75, 2], average.Averages[0].ToArray<double>());
    }

    [Fact]
    public void A_plain_average_is_the_mean_of_the_weights_at_its_updates()
    {
        Tensor weight = Tensor.From([100.0]).RequiresGrad();
        var average = new StochasticWeightAverage([weight]);
        foreach (double value in new double[] { 1, 2, 6 })
        {
            Set(weight, value);
            average.Update();
        }
        Assert.Equal(3, average.Averages[0].Item<double>(), 1e-15);
        Assert.Equal(3, average.Updates);
    }

    [Fact]
    public void Averages_are_applied_and_the_trained_weights_restored_exactly()
    {
        Tensor weight = Tensor.From([0.1, 0.7]).RequiresGrad();
        var average = new ExponentialMovingAverage([weight], 0.9);
        Set(weight, 0.3, -0.2);
        average.Update();
        average.Apply();
        Assert.Equal(average.Averages[0].ToArray<double>(), weight.ToArray<double>());
        Assert.True(average.IsApplied && weight.IsLeaf);
        Assert.Throws<InvalidOperationException>(average.Apply);
        Assert.Throws<InvalidOperationException>(average.Update);
        average.Restore();
        Assert.Equal([0.3, -0.2], weight.ToArray<double>());
        Assert.Throws<InvalidOperationException>(average.Restore);
    }

    private static void Set(Tensor weight, params double[] values)
    {
        using (new NoGrad())
            weight.CopyFrom(Tensor.From(values));
    }
}
