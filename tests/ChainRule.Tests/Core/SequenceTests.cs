namespace ChainRule.Tests.Core;

public sealed class SequenceTests
{
    [Fact]
    public void Arange_goes_from_the_start_up_to_but_without_the_end()
    {
        (double Start, double End, double Step, double[] Expected)[] cases =
        [
            (0, 5, 1, [0, 1, 2, 3, 4]),
            (2, 3, 1, [2]),
            (5, 0, -1, [5, 4, 3, 2, 1]),
            (5, 0, -2, [5, 3, 1]),
            (0, 1, 0.25, [0, 0.25, 0.5, 0.75]),
            (0, 1.1, 0.5, [0, 0.5, 1]),
            (-1.5, 1.5, 1.5, [-1.5, 0]),
            (3, 3, 1, []),
            (3, 3, -1, []),
            (0, 5, -1, []),
            (5, 0, 1, []),
            (0, 1, 1e300, [0]),
            (1, 1.3, 0.1, [1, 1.1, 1 + 2 * 0.1]), // (1.3 - 1) / 0.1 rounds to more than 3
            (-1, -1.3, -0.1, [-1, -1.1, -1 - 2 * 0.1]),
        ];
        foreach ((double start, double end, double step, double[] expected) in cases)
            Assert.Equal(expected, Tensor.Arange(start, end, step, DType.Float64).ToArray<double>());
        Assert.Equal(14, cases.Length);
    }

    [Fact]
    public void Arange_never_reaches_its_end_and_never_stops_short_of_it()
    {
        const int Cases = 1000;
        double[] numbers = Tensor.Uniform([Cases, 2], new RandomKey(1), -1, 1, DType.Float64).ToArray<double>();
        int longest = 0;
        for (int i = 0; i < Cases; i++)
        {
            double start = numbers[2 * i], step = numbers[2 * i + 1] / 10, end = start + i % 30 * step;
            double[] values = Tensor.Arange(start, end, step, DType.Float64).ToArray<double>();
            Assert.All(values, value => Assert.True(step > 0 ? value < end : value > end, $"{start} to {end} in steps of {step} has {value}"));
            double next = start + values.Length * step;
            Assert.False(step > 0 ? next < end - step * 1e-9 : next > end - step * 1e-9, $"{start} to {end} in steps of {step} ends before {next}");
            longest = Math.Max(longest, values.Length);
        }
        Assert.Equal(29, longest);
    }

    [Fact]
    public void Arange_multiplies_instead_of_adding_up_roundings()
    {
        float[] values = Tensor.Arange(0, 1000, 0.1).ToArray<float>();
        Assert.Equal(10_000, values.Length);
        Assert.Equal((float)(9999 * 0.1), values[9999]);
        Assert.Equal(0.3f, values[3]);
    }

    [Fact]
    public void Arange_has_every_type()
    {
        Assert.Equal(new[] { 0f, 1f, 2f }, Tensor.Arange(0, 3).ToArray());
        Assert.Equal(new[] { 0, 1, 2 }, Tensor.Arange(0, 3, 1, DType.Int32).ToArray());
        Assert.Equal(new[] { -2L, -1L }, Tensor.Arange(-2, 0, 1, DType.Int64).ToArray());
        Assert.Equal(new[] { false, true, true }, Tensor.Arange(0, 3, 1, DType.Bool).ToArray());
        Assert.Equal(new[] { 0, 0, 1 }, Tensor.Arange(0, 1.5, 0.5, DType.Int32).ToArray());
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(0, 1, double.NaN)]
    [InlineData(double.NaN, 1, 1)]
    [InlineData(0, double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, 0, 1)]
    public void Arange_refuses_what_never_ends(double start, double end, double step)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Tensor.Arange(start, end, step));
        Assert.StartsWith("Arange: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Linspace_has_both_ends()
    {
        Assert.Equal(Array.Empty<double>(), Linspace(2, 3, 0));
        Assert.Equal([2], Linspace(2, 3, 1));
        Assert.Equal([2, 3], Linspace(2, 3, 2));
        Assert.Equal([-1, -0.5, 0, 0.5, 1], Linspace(-1, 1, 5));
        Assert.Equal([1, 0.5, 0], Linspace(1, 0, 3));
        Assert.Equal([4, 4, 4], Linspace(4, 4, 3));
        Assert.Equal(new[] { 0, 2, 5 }, Tensor.Linspace(0, 5, 3, DType.Int32).ToArray());

        static double[] Linspace(double start, double end, long count) => Tensor.Linspace(start, end, count, DType.Float64).ToArray<double>();
    }

    [Fact]
    public void Linspace_ends_exactly_at_its_end()
    {
        for (int count = 2; count <= 200; count++)
        {
            double[] values = Tensor.Linspace(0.1, 0.7, count, DType.Float64).ToArray<double>();
            Assert.Equal((count, 0.1, 0.7), (values.Length, values[0], values[^1]));
            for (int i = 1; i < count; i++)
                Assert.Equal(0.6 / (count - 1), values[i] - values[i - 1], 1e-15);
        }
        Assert.Equal(0.7f, Tensor.Linspace(0.1, 0.7, 8)[^1].Item<float>());
    }
}
