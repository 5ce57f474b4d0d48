using ChainRule.Cli.Runs;
using ChainRule.Data;
using ChainRule.Plots;

namespace ChainRule.Cli.Tests.Output;

/// <summary>A run that never was: two classes of any name, figures made up.</summary>
internal static class SampleRun
{
    public static RunRecord Of(string first = "cat", string second = "dog", string name = "sample", Ending ending = Ending.Finished, int epochs = 3)
    {
        var data = new Dataset(name, Tensor.Zeros([4, 2]), Tensor.From<long>([0, 1, 1, 0]), [first, second], "made up");
        LearningTask task = LearningTasks.Of(new DataSplit(data, data), Standardization.Of(data.Inputs), Recipes.Xor);
        EpochRecord[] records = [.. Enumerable.Range(1, epochs).Select(epoch => new EpochRecord(epoch, 2 * epoch, epoch * 0.5, 1.0 / epoch, 0.5, epoch == 2 ? double.NaN : 2.0 / epoch, 0.75))];
        return new RunRecord
        {
            Task = task,
            Recipe = task.Recipe with { Epochs = 3 },
            Threads = 2,
            Parameters = 42,
            Summary = Network.Create([2, 8, 2], "tanh", new RandomKey(1)).Summary([1, 2]),
            Epochs = records,
            StepLosses = [.. Enumerable.Range(1, 2 * epochs).Select(step => ending == Ending.Diverged && step == 2 * epochs ? double.NaN : 1.0 / step)],
            StepsPerEpoch = 2,
            Seconds = 1.5,
            Confusion = Confusion.Of([first, second], [0, 0, 1, 1], [0, 1, 1, 1]),
            WeightsHash = new string('a', 64),
            Ending = ending,
            Samples = [.. Enumerable.Range(1, 2).Select(step => new StepSample(step, [Layer(first, [1e-3f, -2e-3f]), Layer("last", [0f, 0f])]))],
        };
    }

    private static LayerSample Layer(string name, float[] gradient) => new(LayerGradient.Of(name, gradient), ValueCounts.Of([0.5f, -0.5f]), 1e-3);
}
