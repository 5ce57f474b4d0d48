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
