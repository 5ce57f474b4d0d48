using ChainRule.Cli.Runs;
using ChainRule.Plots;

namespace ChainRule.Cli.Output;

/// <summary>The curves of a run: loss and accuracy, while learning and on the test part.</summary>
internal static class Charts
{
    /// <summary>The figure of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="hasHead">Whether it says what came of the run; a page that says it already needs no second head.</param>
    public static Figure Of(RunRecord run, bool hasHead = true)
    {
        double[] ends = [.. run.Epochs.Select(epoch => (double)epoch.Epoch)];
        // A mean over an epoch belongs to its middle.
        double[] middles = [.. ends.Select(end => end - 0.5)];
        double[] steps = [.. run.StepLosses.Index().Select(step => (step.Index + 1.0) / run.StepsPerEpoch)];
        CurvePlot loss = new CurvePlot("Loss (cross entropy)", "epoch")
            .Add(new CurveSeries("train, each batch", steps, run.StepLosses) { IsBackdrop = true })
            .Add(new CurveSeries("train, mean of an epoch", middles, [.. run.Epochs.Select(epoch => epoch.TrainLoss)]))
            .Add(new CurveSeries("test", ends, [.. run.Epochs.Select(epoch => epoch.TestLoss)]) { HasMarkers = true });
        CurvePlot accuracy = new CurvePlot("Accuracy", "epoch") { Scale = ValueScale.Percent }
            .Add(new CurveSeries("train, while learning", middles, [.. run.Epochs.Select(epoch => epoch.TrainAccuracy)]))
            .Add(new CurveSeries("test", ends, [.. run.Epochs.Select(epoch => epoch.TestAccuracy)]) { HasMarkers = true });
        return new Figure(run.Headline, run.Subtitle) { HasHead = hasHead }.Add(loss).Add(accuracy);
    }
}
