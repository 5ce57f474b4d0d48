using ChainRule.Cli.Output;
using ChainRule.Inspect;
using ChainRule.Nn;

namespace ChainRule.Cli.Runs;

/// <summary>Everything that is known about a run when it has ended.</summary>
internal sealed record RunRecord
{
    public required LearningTask Task { get; init; }
    public required Recipe Recipe { get; init; }
    public required int Threads { get; init; }
    public required long Parameters { get; init; }
    public required ModuleSummary Summary { get; init; }
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }
    public required IReadOnlyList<double> StepLosses { get; init; }
    public required long StepsPerEpoch { get; init; }
    public required double Seconds { get; init; }
    public required Confusion Confusion { get; init; }
    public required string WeightsHash { get; init; }
    public required Ending Ending { get; init; }

    /// <summary>What the doctor found and what still holds, causes first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The doctor, if there was one.</summary>
    public GradientDoctor? Doctor { get; init; }

    /// <summary>What was seen of the layers now and then.</summary>
    public IReadOnlyList<StepSample> Samples { get; init; } = [];

    /// <summary>Seconds of the run that looking at the layers took.</summary>
    public double SecondsWatching { get; init; }

    public long Steps => StepLosses.Count;

    /// <summary>Whole epochs.</summary>
    public long EpochsDone => Steps / StepsPerEpoch;

    /// <summary>The epoch in which it ended, from 1.</summary>
    public long EpochsBegun => Math.Min(EpochsDone + 1, Recipe.Epochs);

    public double TrainLoss => Epochs.Count == 0 ? double.NaN : Epochs[^1].TrainLoss;

    public double TestAccuracy => Confusion.Accuracy;

    /// <summary>What came of it, in a sentence.</summary>
    public string Headline => $"{Task.Name}: " + Ending switch
    {
        Ending.Diverged => $"the loss became {StepLosses[^1]} in epoch {EpochsBegun}",
        Ending.Interrupted => $"{Figures.Percent(TestAccuracy)} of the test right when stopped in epoch {EpochsBegun} of {Recipe.Epochs}",
        _ => $"{Figures.Percent(TestAccuracy)} of the test right after {Figures.Plural(EpochsDone, "epoch")}",
    };

    /// <summary>What was trained, and how, in a line.</summary>
    public string Subtitle => $"{Architecture} ({Figures.Count(Parameters)} parameters) · {Recipe.Optimizer}, learning rate {Figures.Number(Recipe.LearningRate)}, batches of {Recipe.Batch} · seed {Recipe.Seed}";

    /// <summary>The sizes of the layers and what stands between them: 64-128-10, relu.</summary>
    public string Architecture => string.Join("-", [Task.FeatureCount, .. Recipe.Layers.Select(size => (long)size), Task.Classes.Count])
        + (Recipe.Layers.Count > 0 ? $", {Recipe.Activation}" : "");
}
