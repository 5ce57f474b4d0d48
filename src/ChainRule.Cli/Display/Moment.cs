using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Display;

/// <summary>Where a run stands at one moment.</summary>
internal sealed record Moment(
    long Steps, long TotalSteps, int Epoch, int Epochs, long Samples, double Loss, double Accuracy, IReadOnlyList<EpochRecord> Done, double Seconds)
{
    /// <summary>What the doctor has said so far.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public double Share => (double)Steps / TotalSteps;

    public double SecondsLeft => Steps == 0 ? double.NaN : Seconds / Steps * (TotalSteps - Steps);
}
