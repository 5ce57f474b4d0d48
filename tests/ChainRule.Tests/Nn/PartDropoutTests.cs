using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class PartDropoutTests
{
    private static readonly RandomKey Key = new(1);

    public static TheoryData<Module, Shape, int> Parts => new()
    {
        { new Dropout1d(0.25, Key), [40, 50, 3], 2 },
        { new Dropout2d(0.25, Key), [40, 50, 2, 2], 2 },
        { new Dropout2d(0.25, Key), [2000, 2, 2], 1 },
        { new Dropout3d(0.25, Key), [40, 50, 1, 2, 2], 2 },
        { new DropPath(0.25, Key), [2000, 3, 2], 1 },
    };

    [Theory, MemberData(nameof(Parts))]
    public void Whole_parts_are_dropped_with_the_probability_and_the_mean_is_kept(Module dropout, Shape shape, int leading)
    {
        Tensor x = Tensor.Ones(shape, DType.Float64).RequiresGrad();
        Tensor y = dropout.Forward(x);
        y.Sum().Backward();
        Assert.Equal(y.ToArray<double>(), x.Grad!.ToArray<double>());
        double[][] parts = [.. y.ToArray<double>().Chunk((int)(shape.ElementCount / Shape.Create([.. shape.Take(leading)]).ElementCount))];
        Assert.Equal(2000, parts.Length);
        Assert.All(parts, part => Assert.True(part.All(value => value == 0) || part.All(value => Math.Abs(value - 4 / 3.0) < 1e-14)));
        if (leading == 2) // channels of one example have nothing to do with each other
            Assert.All(parts.Chunk(50), example => Assert.InRange(example.Count(part => part[0] == 0), 1, 49));
        // Four standard deviations of a share.
        Assert.Equal(0.25, parts.Count(part => part[0] == 0) / 2000.0, 4 * Math.Sqrt(0.25 * 0.75 / 2000));
        dropout.Eval();
        Assert.Same(x, dropout.Forward(x));
    }

    [Fact]
    public void Alpha_dropout_keeps_mean_and_variance()
    {
        const int Count = 100_000;
        double[] y = new AlphaDropout(0.3, Key).Forward(Tensor.Normal([Count], new RandomKey(2), dtype: DType.Float64)).ToArray<double>();
        double mean = y.Average();
        Assert.Equal(0, mean, 4 / Math.Sqrt(Count));
        Assert.Equal(1, y.Average(value => (value - mean) * (value - mean)), 0.02);
        // All dropped elements have one value: a·(-λα) + b with q = 0.7, a = 1/√(q + (λα)²q(1 - q)), b = a·(1 - q)·λα.
        double limit = 1.7580993408473766, a = 1 / Math.Sqrt(0.7 + limit * limit * 0.7 * 0.3), dropped = -a * limit + a * 0.3 * limit;
        Assert.Equal(0.3, y.Count(value => Math.Abs(value - dropped) < 1e-12) / (double)Count, 4 * Math.Sqrt(0.3 * 0.7 / Count));
    }

    [Fact]
    public void What_was_dropped_counts_for_nothing_and_draws_continue_a_run()
    {
        Tensor x = Tensor.Full([50], double.NaN, DType.Float64).RequiresGrad();
        new AlphaDropout(0.5, Key).Forward(x).Sum().Backward();
        Assert.InRange(x.Grad!.ToArray<double>().Count(value => value == 0), 1, 49);
        Assert.All(new AlphaDropout(1, Key).Forward(x).ToArray<double>(), value => Assert.Equal(0, value));
        Assert.All(new DropPath(1, Key).Forward(x).ToArray<double>(), value => Assert.Equal(0, value));

        Tensor ones = Tensor.Ones([100]);
        var path = new DropPath(0.5, Key);
        path.Forward(ones);
        float[] second = path.Forward(ones).ToArray<float>();
        Assert.Equal(second, new DropPath(0.5, Key) { Draws = 1 }.Forward(ones).ToArray<float>());
        Assert.Equal("DropPath(0.5)", path.ToString());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ShapeException>(() => new Dropout2d(0.5, Key).Forward(Tensor.Zeros([2, 2])));
        Assert.Throws<ShapeException>(() => new DropPath(0.5, Key).Forward(1f));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => new Dropout1d(1.5));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => new AlphaDropout(double.NaN));
    }
}
