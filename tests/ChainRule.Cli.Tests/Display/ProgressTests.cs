using ChainRule.Cli.Display;

namespace ChainRule.Cli.Tests.Display;

public sealed class ProgressTests
{
    [Fact]
    public void The_epoch_follows_the_steps()
    {
        var progress = new Progress(totalSteps: 6, stepsPerEpoch: 2, epochs: 3);
        var epochs = new List<int> { progress.Now().Epoch };
        for (int step = 1; step <= 6; step++)
        {
            progress.OnStep(step, step * 4, loss: 1, accuracy: 0, 1);
            epochs.Add(progress.Now().Epoch);
        }
        Assert.Equal([1, 1, 1, 2, 2, 3, 3], epochs);
        Assert.Equal((1, 24), (progress.Now().Share, progress.Now().Samples));
    }

    [Fact]
    public void The_time_left_is_unknown_before_the_first_step_and_nothing_after_the_last()
    {
        var moment = new Moment(0, 10, 1, 1, 0, 0, 0, [], 3);
        Assert.True(double.IsNaN(moment.SecondsLeft));
        Assert.Equal(9, (moment with { Steps = 4, Seconds = 6 }).SecondsLeft);
        Assert.Equal(0, (moment with { Steps = 10 }).SecondsLeft);
    }
}
