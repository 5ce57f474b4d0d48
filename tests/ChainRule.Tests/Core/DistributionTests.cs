using ChainRule.Kernels;

namespace ChainRule.Tests.Core;

/// <summary>Random draws: the law that they follow, and that the key alone decides them. Bounds are five standard errors.</summary>
[Collection<Alone>]
public sealed class DistributionTests
{
    private const int Count = 200_000;

    [Fact]
    public void Whole_numbers_are_spread_evenly_over_the_range_and_reach_both_ends()
    {
        long[] counts = (Tensor.RandomIntegers([Count], new RandomKey(1), -3, 5) + 3).Bincount().ToArray<long>();
        Assert.Equal(8, counts.Length);
        Assert.All(counts, count => Near(Count / 8.0, count, 5 * Math.Sqrt(Count * 7.0 / 64)));
        long[] widest = Tensor.RandomIntegers([1000], new RandomKey(2), long.MinValue, long.MaxValue).ToArray<long>();
        Near(500, widest.Count(value => value < 0), 5 * Math.Sqrt(250));
        Assert.All(Tensor.RandomIntegers([9], new RandomKey(3), 7, 8).ToArray<long>(), value => Assert.Equal(7, value));
    }

    [Fact]
    public void Zeros_and_ones_come_with_their_probability()
    {
        Near(0.3, Tensor.Bernoulli([Count], new RandomKey(4), 0.3, DType.Float64).Mean().Item<double>(), 5 * Math.Sqrt(0.21 / Count));
        Assert.Equal(0, Tensor.Bernoulli([Count], new RandomKey(5), 0).Sum().Item<float>());
        Assert.Equal([1, 0, 0, 1], Tensor.Bernoulli(new[] { 1f, 0f, 0f, 1f }, new RandomKey(6)).ToArray<float>());
    }

    [Fact]
    public void Exponential_numbers_have_mean_and_deviation_of_one_over_the_rate()
    {
        Tensor x = Tensor.Exponential([Count], new RandomKey(7), 4, DType.Float64);
        Near(0.25, x.Mean().Item<double>(), 5 * 0.25 / Math.Sqrt(Count));
        Near(Math.Log(2) / 4, x.Median().Item<double>(), 5 * 0.25 / Math.Sqrt(Count));
        Assert.True(x.Min().Item<double>() >= 0);
    }

    [Theory]
    [InlineData(-2, 2, 0, 0.88)]
    [InlineData(0, double.PositiveInfinity, 0.79788456080286536, 0.603)]
    [InlineData(5, double.PositiveInfinity, 5.18650396712583, 0.181)]
    [InlineData(-0.5, 3, 0.5037344585049451, 0.687)]
    public void Truncated_normal_numbers_have_the_mean_and_stay_inside(double low, double high, double mean, double deviation)
    {
        Tensor x = Tensor.TruncatedNormal([Count], new RandomKey(8), low: low, high: high, dtype: DType.Float64);
        Near(mean, x.Mean().Item<double>(), 5 * deviation / Math.Sqrt(Count));
        Assert.InRange(x.Min().Item<double>(), low, high);
        Assert.InRange(x.Max().Item<double>(), low, high);
    }

    [Fact]
    public void Positions_are_drawn_with_their_probability_and_never_those_of_0()
    {
        Tensor weights = new double[,] { { 0, 1, 3, 0 }, { 5, 0, 0, 0 } };
        Tensor drawn = Tensor.Multinomial(weights, Count, new RandomKey(9));
        Assert.Equal([2, Count], drawn.Shape);
        long[] counts = drawn[0].Bincount(minLength: 4).ToArray<long>();
        Assert.Equal(0, counts[0] + counts[3]);
        Near(0.25 * Count, counts[1], 5 * Math.Sqrt(0.1875 * Count));
        Assert.Equal(0, drawn[1].Max().Item<long>());
    }

    [Fact]
    public void Without_replacement_every_position_comes_once_and_the_first_with_its_probability()
    {
        Tensor weights = Tensor.From([1.0, 0, 2, 1]).Expand([Count, 4]);
        Tensor drawn = Tensor.Multinomial(weights, 3, new RandomKey(10), replacement: false);
        long[] last = drawn.Sort().Values[^1].ToArray<long>();
        Assert.Equal([0, 2, 3], last);
        Assert.True(drawn.Sort().Values.EqualTo(Tensor.From([0L, 2, 3])).All().Item<bool>());
        Near(0.5 * Count, drawn[.., 0].Bincount(minLength: 4)[2].Item<long>(), 5 * Math.Sqrt(0.25 * Count));
    }

    [Fact]
    public void A_draw_is_the_same_on_any_number_of_threads_and_a_part_of_any_longer_one()
    {
        foreach (Func<Shape, Tensor> draw in new Func<Shape, Tensor>[] { shape => Tensor.RandomIntegers(shape, new RandomKey(11), 0, 1000), shape => Tensor.TruncatedNormal(shape, new RandomKey(12)), shape => Tensor.Exponential(shape, new RandomKey(13)) })
        {
            int before = WorkerTeam.Shared.Threads;
            WorkerTeam.Shared.Threads = 1;
            double[] one = draw([100_001]).ToArray<double>();
            WorkerTeam.Shared.Threads = 2;
            double[] two = draw([100_001]).ToArray<double>(), few = draw([7]).ToArray<double>();
            WorkerTeam.Shared.Threads = before;
            Assert.Equal(one, two);
            Assert.Equal(one[..7], few);
        }
    }

    [Fact]
    public void Distributions_that_are_none_are_refused()
    {
        var key = new RandomKey(1);
        Assert.Throws<ArgumentException>(() => Tensor.RandomIntegers([1], key, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Bernoulli([1], key, 1.5));
        foreach (float bad in (float[])[1.2f, -1, float.NaN])
            Assert.Contains("[2]", Assert.Throws<ArgumentOutOfRangeException>("probabilities", () => Tensor.Bernoulli(new[] { 0.5f, bad }, key)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Exponential([1], key, 0));
        Assert.Throws<ArgumentException>(() => Tensor.TruncatedNormal([1], key, low: 1, high: 1));
        Assert.Throws<DTypeException>(() => Tensor.TruncatedNormal([1], key, dtype: DType.Int32));
        Assert.Throws<ArgumentException>(() => Tensor.Multinomial(new[] { 1f, -1f }, 1, key));
        Assert.Throws<ArgumentException>(() => Tensor.Multinomial(new[] { 0f, 0f }, 1, key));
        Assert.Throws<ArgumentException>(() => Tensor.Multinomial(new[] { 1f, 0f }, 2, key, replacement: false));
    }

    private static void Near(double expected, double actual, double allowed) => Assert.True(Math.Abs(expected - actual) <= allowed, $"{actual}, not {expected} ± {allowed}");
}
