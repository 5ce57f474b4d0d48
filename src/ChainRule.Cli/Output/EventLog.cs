using ChainRule.Cli.Runs;
using ChainRule.Inspect;
using ChainRule.Plots;
using ChainRule.TensorBoard;

namespace ChainRule.Cli.Output;

/// <summary>A run as an event file for TensorBoard, written while the run goes on: what has happened is there, however the run ends.</summary>
internal sealed class EventLog : IDisposable
{
    private const int LossesAtMost = 10_000, StepsBetweenFlushes = 20, Bins = 48;

    private readonly TensorBoardWriter _writer;
    private readonly long _stride;

    /// <summary>Begins the file with the settings and the graph of the network.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="plan">How, and how long.</param>
    /// <param name="graph">The network.</param>
    public EventLog(string folder, LearningTask task, RunPlan plan, GraphView graph)
    {
        _writer = new TensorBoardWriter(folder);
        _stride = 1 + plan.TotalSteps / LossesAtMost;
        Recipe recipe = plan.Recipe;
        Write(writer =>
        {
            writer.AddGraph(graph);
            writer.AddText("settings", $"{task.Name}: layers {string.Join("-", recipe.Layers.Prepend((int)task.FeatureCount).Append(task.Classes.Count))}, {recipe.Activation}; {recipe.Optimizer}, learning rate {Figures.Number(recipe.LearningRate)}, batches of {recipe.Batch}, {Figures.Plural(recipe.Epochs, "epoch")}, seed {recipe.Seed}", 0);
            writer.Flush();
        });
    }

    /// <summary>The file.</summary>
    public string Path => _writer.Path;

    /// <summary>Why nothing is written any more; null while all is well. Training goes on without.</summary>
    public string? Failure { get; private set; }

    public void OnStep(long step, double loss)
    {
        if (double.IsFinite(loss) && (step - 1) % _stride != 0) return;
        Write(writer =>
        {
            writer.AddScalar("loss/step", loss, step);
            if ((step - 1) / _stride % StepsBetweenFlushes == 0)
                writer.Flush();
        });
    }

    public void OnEpoch(EpochRecord epoch) => Write(writer =>
    {
        writer.AddScalar("loss/train", epoch.TrainLoss, epoch.Steps);
        writer.AddScalar("loss/test", epoch.TestLoss, epoch.Steps);
        writer.AddScalar("accuracy/train", epoch.TrainAccuracy, epoch.Steps);
        writer.AddScalar("accuracy/test", epoch.TestAccuracy, epoch.Steps);
        writer.Flush();
    });

    public void OnSample(StepSample sample) => Write(writer =>
    {
        foreach (LayerSample layer in sample.Layers)
            Add(writer, sample.Step, layer);
        writer.Flush();
    });

    /// <summary>Adds the curves as a picture and what came of the run, and closes the file.</summary>
    public void End(RunRecord run)
    {
        Write(writer =>
        {
            writer.AddImage("curves", Charts.Of(run).ToPng(), run.Steps);
            writer.AddText("run", $"{run.Headline}\n\n{run.Subtitle}", run.Steps);
            foreach (Finding finding in run.Findings)
                writer.AddText("doctor", $"{finding}. {finding.Cause} {finding.Cure}", finding.SinceStep);
            writer.Flush();
        });
        Dispose();
    }

    /// <summary>Removes the file: for a run that never began.</summary>
    public void Discard()
    {
        Dispose();
        try
        {
            File.Delete(Path);
        }
        catch (IOException)
        {
            // Why the run did not begin is what is to be told.
        }
    }

    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException error)
        {
            Failure ??= error.Message;
        }
    }

    // A full disk is no reason to lose the training.
    private void Write(Action<TensorBoardWriter> write)
    {
        if (Failure is not null) return;
        try
        {
            write(_writer);
        }
        catch (IOException error)
        {
            Failure = error.Message;
        }
    }

    private static void Add(TensorBoardWriter writer, long step, LayerSample layer)
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
