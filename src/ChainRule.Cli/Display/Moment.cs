using ChainRule.Cli.Runs;
using ChainRule.Inspect;

namespace ChainRule.Cli.Display;

/// <summary>Where a run stands at one moment.</summary>
internal sealed record Moment(
    long Steps, long TotalSteps, int Epoch, int Epochs, long Samples, double Loss, double Accuracy, IReadOnlyList<EpochRecord> Done, double Seconds)
{
    /// <summary>What the doctor has said so far.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What the doctor has found and what still holds, causes first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What was last seen of the layers, if anything.</summary>
    public StepSample? Sample { get; init; }

    /// <summary>Seconds that looking at the layers has taken.</summary>
    public double SecondsWatching { get; init; }

    /// <summary>Losses of all steps, of a long run each the mean of a stretch.</summary>
    public IReadOnlyList<double> AllLosses { get; init; } = [];

    /// <summary>Losses of the last steps, one by one.</summary>
    public IReadOnlyList<double> RecentLosses { get; init; } = [];

    public double Share => (double)Steps / TotalSteps;

    public double SecondsLeft => Steps == 0 ? double.NaN : Seconds / Steps * (TotalSteps - Steps);
}
