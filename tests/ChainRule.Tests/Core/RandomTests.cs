using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Core;

[Collection<Alone>]
public sealed class RandomTests
{
    private const int Many = 100_000;

    // The Kolmogorov-Smirnov distance that a right sample exceeds once in a million times: sqrt(-ln(1e-6 / 2) / 2).
    private const double Distance = 2.69;

    [Fact]
    public void The_same_key_gives_the_same_numbers()
    {
        Same(key => Tensor.Uniform([3, 4], key), key => Tensor.Uniform([3, 4], key));
        Same(key => Tensor.Normal([3, 4], key), key => Tensor.Normal([3, 4], key));
        Same(key => Tensor.Permutation(30, key), key => Tensor.Permutation(30, key));

        static void Same(Func<RandomKey, Tensor> first, Func<RandomKey, Tensor> second)
        {
            Assert.Equal(first(new RandomKey(5)).ToArray<double>(), second(new RandomKey(5)).ToArray<double>());
            Assert.NotEqual(first(new RandomKey(5)).ToArray<double>(), second(new RandomKey(6)).ToArray<double>());
        }
    }

    [Fact]
    public void Children_differ_from_each_other_and_from_their_parent()
    {
        var parent = new RandomKey(1);
        RandomKey[] keys = [parent, .. Enumerable.Range(0, 100).Select(i => parent.Child(i)), parent.Child(-1), parent.Child(0).Child(0), new RandomKey(0).Child(1)];
        double[][] draws = [.. keys.Select(key => Tensor.Uniform([4], key, dtype: DType.Float64).ToArray<double>())];
        Assert.Equal(keys.Length, draws.SelectMany(draw => draw).Distinct().Count() / 4.0);
        Assert.Equal(parent.Child(7), new RandomKey(1).Child(7));
    }

    [Fact]
    public void A_number_depends_on_its_place_and_not_on_how_many_are_drawn()
    {
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            Tensor uniform = Tensor.Uniform([1001], new RandomKey(2), dtype: dtype), normal = Tensor.Normal([1001], new RandomKey(2), dtype: dtype);
            for (int count = 0; count < 20; count++)
            {
                Compare.SameBits(uniform[..count], Tensor.Uniform([count], new RandomKey(2), dtype: dtype), $"uniform {dtype} {count}");
                Compare.SameBits(normal[..count], Tensor.Normal([count], new RandomKey(2), dtype: dtype), $"normal {dtype} {count}");
            }
        }
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        Tensor[] one = OnThreads(1);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            Tensor[] several = OnThreads(threads);
            for (int i = 0; i < one.Length; i++)
                Compare.SameBits(one[i], several[i], $"draw {i} on {threads} threads");
        }
        Assert.Equal(5, one.Length);
    }

    [Theory]
    [InlineData(DType.Float32, 1)]
    [InlineData(DType.Float32, 2)]
    [InlineData(DType.Float64, 3)]
    [InlineData(DType.Float64, 4)]
    public void Uniform_numbers_are_uniform(DType dtype, long seed)
    {
        double[] x = Tensor.Uniform([Many], new RandomKey(seed), dtype: dtype).ToArray<double>();
        Assert.All(x, value => Assert.InRange(value, 0, Math.BitDecrement(1.0)));
        // Five standard errors: of the mean, and of the variance (fourth central moment 1/80).
        Assert.Equal(0.5, x.Average(), 5 / Math.Sqrt(12.0 * Many));
        Assert.Equal(1 / 12.0, x.Average(value => (value - 0.5) * (value - 0.5)), 5 * Math.Sqrt((1 / 80.0 - 1 / 144.0) / Many));
        Assert.InRange(LargestDistance(x, value => value), 0, Distance / Math.Sqrt(Many));
    }

    [Theory]
    [InlineData(DType.Float32, 1)]
    [InlineData(DType.Float32, 2)]
    [InlineData(DType.Float64, 3)]
    [InlineData(DType.Float64, 4)]
    public void Normal_numbers_are_normal(DType dtype, long seed)
    {
        double[] x = Tensor.Normal([Many], new RandomKey(seed), dtype: dtype).ToArray<double>();
        // Five standard errors of the mean, the variance (2/n), the third and the fourth moment (15/n and 96/n).
        Assert.Equal(0, x.Average(), 5 / Math.Sqrt(Many));
        Assert.Equal(1, x.Average(value => value * value), 5 * Math.Sqrt(2.0 / Many));
        Assert.Equal(0, x.Average(value => value * value * value), 5 * Math.Sqrt(15.0 / Many));
        Assert.Equal(3, x.Average(value => value * value * value * value), 5 * Math.Sqrt(96.0 / Many));
        Assert.InRange(LargestDistance(x, value => 0.5 * (1 + SpecialFunctions.Erf(value / Math.Sqrt(2)))), 0, Distance / Math.Sqrt(Many));
    }

    [Fact]
    public void Neighbours_are_not_correlated()
    {
        double[] x = Tensor.Normal([Many + 1], new RandomKey(5), dtype: DType.Float64).ToArray<double>();
        Assert.Equal(0, Enumerable.Range(0, Many).Average(i => x[i] * x[i + 1]), 5 / Math.Sqrt(Many));
    }

    [Fact]
    public void Mean_deviation_and_bounds_move_and_stretch_the_numbers()
    {
        double[] z = Tensor.Normal([50], new RandomKey(1), dtype: DType.Float64).ToArray<double>();
        double[] u = Tensor.Uniform([50], new RandomKey(1), dtype: DType.Float64).ToArray<double>();
        Assert.Equal(z.Select(value => value * 2 + 3), Tensor.Normal([50], new RandomKey(1), 3, 2, DType.Float64).ToArray<double>());
        Assert.Equal(u.Select(value => value * 5 + -2), Tensor.Uniform([50], new RandomKey(1), -2, 3, DType.Float64).ToArray<double>());
        Assert.Equal([3, 3], Tensor.Normal([2], new RandomKey(1), 3, 0).ToArray<double>());
        Assert.Equal([7, 7], Tensor.Uniform([2], new RandomKey(1), 7, 7).ToArray<double>());
    }

    [Fact]
    public void Uniform_numbers_stay_below_the_upper_bound_even_where_rounding_reaches_it()
    {
        (DType DType, double Low, double High)[] cases =
        [
            (DType.Float32, 16777215, 16777216), // neighbours in float32: half of the sums round up
            (DType.Float32, -16777216, -16777215),
            (DType.Float32, 1, 1.0000001),
            (DType.Float32, 0, 0.1), // 0.1f is more than 0.1
            (DType.Float32, 100, 100.00001),
            (DType.Float64, 9007199254740991, 9007199254740992),
            (DType.Float64, 1, 1.0000000000000002),
        ];
        foreach ((DType dtype, double low, double high) in cases)
        {
            double least = dtype == DType.Float32 ? (float)low : low;
            double[] x = Tensor.Uniform([4096], new RandomKey(1), low, high, dtype).ToArray<double>();
            Assert.All(x, value => Assert.True(value < high && value >= least, $"{value:R} is not between {low:R} and {high:R} in {dtype}"));
        }
        Assert.Equal(7, cases.Length);
    }

    [Fact]
    public void A_permutation_has_each_number_once()
    {
        foreach (int count in new[] { 0, 1, 2, 3, 17, 1000 })
        {
            Tensor order = Tensor.Permutation(count, new RandomKey(count));
            Assert.Equal(DType.Int64, order.DType);
            Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), order.ToArray<long>().Order());
        }
    }

    [Fact]
    public void Every_permutation_is_equally_likely()
    {
        const int Draws = 24_000, Orders = 24;
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < Draws; i++)
        {
            string order = string.Join(' ', Tensor.Permutation(4, new RandomKey(i)).ToArray<long>());
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        const double Expected = (double)Draws / Orders;
        Assert.Equal(Orders, counts.Count);
        // Chi squared with 23 degrees of freedom is above 78 less than once in ten million times.
        Assert.InRange(counts.Values.Sum(count => (count - Expected) * (count - Expected) / Expected), 0, 78);
    }

    private static Tensor[] OnThreads(int threads)
    {
        int before = Engine.Threads;
        Engine.Threads = threads;
        try
        {
            var key = new RandomKey(3);
            return
            [
                Tensor.Uniform([300_001], key), Tensor.Uniform([300_001], key, dtype: DType.Float64),
                Tensor.Normal([300_001], key), Tensor.Normal([300_001], key, dtype: DType.Float64),
                Tensor.Permutation(100_001, key),
            ];
        }
        finally
        {
            Engine.Threads = before;
        }
    }

    private static double LargestDistance(double[] sample, Func<double, double> distribution)
    {
        double[] sorted = [.. sample.Order()];
        double largest = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double expected = distribution(sorted[i]);
            largest = Math.Max(largest, Math.Max(expected - (double)i / sorted.Length, (i + 1.0) / sorted.Length - expected));
        }
        return largest;
    }
}
