using ChainRule.Playground.Lab;

namespace ChainRule.Playground.Tests.Lab;

public sealed class HistoryTests
{
    [Fact]
    public void No_extreme_is_lost_however_long_the_run()
    {
        var history = new LossHistory();
        for (int i = 0; i < 10_000; i++)
            history.Add(i == 1234 ? 99 : i == 7777 ? -5 : 1);
        Assert.True(history.Spans.Count <= 240);
        Assert.Equal(10_000, history.Spans.Sum(span => span.Count));
        Assert.Equal(99, history.Spans.Max(span => span.Most));
        Assert.Equal(-5, history.Spans.Min(span => span.Least));
        Assert.Equal(99, history.Spans[(int)(1234 / history.Width)].Most);
    }

    [Fact]
    public void Going_back_forgets_the_last_step()
    {
        var history = new LossHistory();
        foreach (double loss in new[] { 3.0, 2, 1 })
            history.Add(loss);
        history.Truncate(2);
        Assert.Equal([3.0, 2], history.Spans.Select(span => span.Mean));
    }

    [Fact]
    public void The_hash_is_that_of_FNV_1a()
    {
        // The published offset basis, and 8 zero bytes: the basis times the prime to the eighth power.
        ulong expected = 14695981039346656037;
        for (int i = 0; i < 8; i++)
            expected = unchecked(expected * 1099511628211);
        Assert.Equal(expected, LossHash.Start.With(0).Value);
        Assert.NotEqual(LossHash.Start.With(1.0), LossHash.Start.With(Math.BitIncrement(1.0)));
    }

    [Theory]
    [InlineData(1f, "0x1p+0")]
    [InlineData(0.1f, "0x1.99999ap-4")]
    [InlineData(-2.5f, "-0x1.4p+1")]
    [InlineData(0f, "0x0p+0")]
    [InlineData(float.MaxValue, "0x1.fffffep+127")]
    [InlineData(float.Epsilon, "0x0.000002p-126")]
    [InlineData(float.NaN, "NaN")]
    public void A_float_is_written_with_all_its_bits_as_C_does(float value, string expected) => Assert.Equal(expected, HexFloat.Of(value));

    [Fact]
    public void The_next_float_from_1_is_2_to_the_minus_23_away() => Assert.Equal(MathF.ScaleB(1, -23), HexFloat.Spacing(1));

    [Fact]
    public void Gradient_flow_is_the_root_mean_square()
    {
        using var run = new Run(Settings.Xor);
        run.Step();
        float[] gradient = run.Trainer.Parameters[0].Grad!.ToArray<float>();
        Assert.Equal(Math.Sqrt(gradient.Sum(value => (double)value * value) / gradient.Length), run.Flow.Latest[0], 1e-6);
        Assert.Equal(2, run.Flow.Layers);
    }
}
