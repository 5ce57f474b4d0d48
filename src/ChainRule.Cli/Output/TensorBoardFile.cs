using ChainRule.Cli.Runs;
using ChainRule.Plots;
using ChainRule.TensorBoard;

namespace ChainRule.Cli.Output;

/// <summary>A run as an event file for TensorBoard.</summary>
internal static class TensorBoardFile
{
    private const int LossesAtMost = 10_000, Bins = 48;

    /// <summary>Writes losses, accuracies, gradients, weights, the curves as a picture and the settings.</summary>
    /// <returns>The file.</returns>
    public static string Write(RunRecord run, string folder)
    {
        using var writer = new TensorBoardWriter(folder);
        int stride = 1 + run.StepLosses.Count / LossesAtMost;
        for (int i = 0; i < run.StepLosses.Count; i += stride)
            writer.AddScalar("loss/step", run.StepLosses[i], i + 1);
        foreach (EpochRecord epoch in run.Epochs)
        {
            writer.AddScalar("loss/train", epoch.TrainLoss, epoch.Steps);
            writer.AddScalar("loss/test", epoch.TestLoss, epoch.Steps);
            writer.AddScalar("accuracy/train", epoch.TrainAccuracy, epoch.Steps);
            writer.AddScalar("accuracy/test", epoch.TestAccuracy, epoch.Steps);
        }
        foreach (StepSample sample in run.Samples)
        {
            foreach (LayerSample layer in sample.Layers)
                Write(writer, sample.Step, layer);
        }
        writer.AddImage("curves", Charts.Of(run).ToPng(), run.Steps);
        writer.AddText("run", $"{run.Headline}\n\n{run.Subtitle}", run.Steps);
        return writer.Path;
    }

    private static void Write(TensorBoardWriter writer, long step, LayerSample layer)
    {
        string name = layer.Gradient.Layer;
        if (layer.Gradient.State != GradientState.Missing)
            writer.AddScalar($"gradient/{name}", layer.Gradient.Mean, step);
        writer.AddScalar($"update-ratio/{name}", layer.UpdateRatio, step);
        // The last fixed bin may reach an eighth beyond the largest value, and is to be inside as a whole.
        double reach = layer.Weights.LargestMagnitude * 1.125;
        if (reach == 0) return;
        double[] counts = layer.Weights.Into(-reach, reach, Bins);
        double[] limits = [.. Enumerable.Range(1, Bins).Select(bin => reach * (2.0 * bin / Bins - 1))];
        double squares = layer.Weights.Norm * layer.Weights.Norm;
        double sum = counts.Zip(limits, (count, limit) => count * (limit - reach / Bins)).Sum();
        writer.AddHistogram($"weights/{name}", new EventHistogram(-reach, reach, layer.Weights.Count, sum, squares, limits, counts), step);
    }
}
