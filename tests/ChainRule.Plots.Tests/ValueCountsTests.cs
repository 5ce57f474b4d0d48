namespace ChainRule.Plots.Tests;

public sealed class ValueCountsTests
{
    [Fact]
    public void Percentiles_of_one_to_a_thousand_are_right_to_seven_percent()
    {
        var counts = ValueCounts.Of([.. Enumerable.Range(1, 1000).Select(i => i % 2 == 0 ? (float)i : -i)]);
        Assert.InRange(counts.MagnitudeAt(0.01), 9.3, 10.7);
        Assert.InRange(counts.MagnitudeAt(0.5), 465, 535);
        Assert.InRange(counts.MagnitudeAt(0.99), 921, 1000);
        Assert.Equal(500.5, counts.MeanMagnitude, 1e-9);
        // The sum of the squares of 1 to n is n (n + 1) (2 n + 1) / 6.
        Assert.Equal(Math.Sqrt(1000.0 * 1001 * 2001 / 6), counts.Norm, 1e-6);
        Assert.Equal(1000, counts.LargestMagnitude);
    }

    [Fact]
    public void Zeros_subnormal_and_not_finite_values_are_told_apart()
    {
        var counts = ValueCounts.Of([0f, -0f, 1e-40f, -1e-40f, 1e-45f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1f]);
        Assert.Equal((9L, 2L, 3L, 3L), (counts.Count, counts.Zeros, counts.Subnormals, counts.NotFinite));
        Assert.Equal(1, counts.LargestMagnitude);
    }

    [Fact]
    public void Rebinning_keeps_every_value_and_its_side()
    {
        var counts = ValueCounts.Of([-0.9f, -0.6f, -0.1f, 0f, 0.3f, 0.3f, 0.7f, 5f]);
        double[] shares = counts.Into(-1, 1, 2);
        Assert.Equal(3, shares[0], 1e-9);
        Assert.Equal(4, shares[1], 1e-9);
        Assert.Equal(8, counts.Into(-8, 8, 5).Sum(), 1e-9);
    }

    [Fact]
    public void A_narrow_distribution_is_not_flattened()
    {
        // Fixed bins are as wide as an eighth of the magnitude or less, wherever it lies: so far the borders may blur.
        var counts = ValueCounts.Of([.. Enumerable.Range(0, 1000).Select(i => 1e-6f * (1 + i / 1000f))]);
        double[] shares = counts.Into(1e-6, 2e-6, 4);
        Assert.All(shares, share => Assert.InRange(share, 180, 270));
    }

    [Fact]
    public void Nothing_has_no_mean() => Assert.True(double.IsNaN(ValueCounts.Of([]).MeanMagnitude) && double.IsNaN(ValueCounts.Of([float.NaN]).MagnitudeAt(0.5)));
}
