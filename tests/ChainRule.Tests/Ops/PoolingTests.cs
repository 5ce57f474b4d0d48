using ChainRule.Nn;

namespace ChainRule.Tests.Ops;

/// <summary>Ties, NaN and padding of poolings, which no law covers.</summary>
public sealed class PoolingTests
{
    [Fact]
    public void Equal_maxima_of_a_window_share_its_gradient()
    {
        Tensor x = Tensor.From([1.0, 1, 1, 0, 5, 2], [1, 1, 2, 3]).RequiresGrad();
        x.MaxPool2d(2, stride: 1).Backward(Tensor.From([6.0, 8], [1, 1, 1, 2]));
        Assert.Equal([0, 0, 0, 0, 14, 0], x.Grad!.ToArray<double>());

        Tensor tied = Tensor.From([1.0, 1, 0, 0, 1, 0], [1, 1, 2, 3]).RequiresGrad();
        tied.MaxPool2d(2, stride: 1).Backward(Tensor.From([6.0, 8], [1, 1, 1, 2]));
        Assert.Equal([2, 2 + 4, 0, 0, 2 + 4, 0], tied.Grad!.ToArray<double>());

        Tensor adaptive = Tensor.From([1.0, 1, 1, 0], [1, 1, 2, 2]).RequiresGrad();
        adaptive.AdaptiveMaxPool2d(1).Sum().Backward();
        Assert.Equal([1.0 / 3, 1.0 / 3, 1.0 / 3, 0], adaptive.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_window_with_a_NaN_is_NaN_and_its_gradient_stays_with_the_NaN()
    {
        Tensor x = Tensor.From([3.0, double.NaN, 1, 2], [1, 4]).RequiresGrad();
        Tensor y = x.MaxPool1d(2);
        Assert.Equal([double.NaN, 2], y.ToArray<double>());
        y.Sum().Backward();
        Assert.Equal([0, 1, 0, 1], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Padding_is_never_the_largest_and_windows_of_minus_infinity_have_a_gradient()
    {
        Tensor x = Tensor.From([-7.0, double.NegativeInfinity, double.NegativeInfinity], [1, 3]).RequiresGrad();
        Tensor y = x.MaxPool1d(2, padding: 1);
        Assert.Equal([-7, double.NegativeInfinity], y.ToArray<double>());
        y.Backward(Tensor.From([3.0, 4], [1, 2]));
        Assert.Equal([3, 2, 2], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_factor_sets_the_distances_also_where_the_size_is_rounded_down()
    {
        Tensor three = Tensor.From([0.0, 1, 2], [1, 1, 3]), nine = Tensor.Arange(0, 9).Reshape(1, 1, 9);
        double[] lines = new Upsample(1.5, InterpolationMode.Linear).Forward(three).ToArray<double>();
        // At (i + 1/2)/1.5 - 1/2, the first of which lies before the first cell.
        double[] expected = [0, 0.5, 7 / 6.0, 11 / 6.0];
        Assert.Equal(4, lines.Length);
        Assert.All(expected.Zip(lines), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
        Assert.Equal([0, 1, 3, 5, 6], new Upsample(0.6).Forward(nine).ToArray<float>());
        // With corners the sizes alone decide.
        Assert.Equal(three.Interpolate(4, InterpolationMode.Linear, alignCorners: true).ToArray<double>(), new Upsample(1.5, InterpolationMode.Linear, alignCorners: true).Forward(three).ToArray<double>());
    }

    [Fact]
    public void An_infinity_outside_a_window_does_not_reach_its_mean()
    {
        Tensor x = Tensor.From([1.0, 2, double.PositiveInfinity, 4], [1, 4]);
        Assert.Equal([1.5, double.PositiveInfinity], x.AdaptiveAvgPool1d(2).ToArray<double>());
        Assert.Equal([1, 2, double.PositiveInfinity], x.Reshape(1, 1, 4).Slice(2, 0, 3).Interpolate(3, InterpolationMode.Linear).ToArray<double>());
        Assert.Equal([1.0, 2], x.Reshape(1, 1, 4).Slice(2, 0, 3).Interpolate(5, InterpolationMode.Linear, alignCorners: true).ToArray<double>()[..3].Where((_, i) => i % 2 == 0));
    }
}
