namespace ChainRule.Cli.Runs;

/// <summary>What was asked for; null where the data decide.</summary>
internal sealed record TrainSettings
{
    public required string Data { get; init; }
    public int[]? Layers { get; init; }
    public int? Epochs { get; init; }
    public int? Batch { get; init; }
    public string? Optimizer { get; init; }
    public double? LearningRate { get; init; }
    public long Seed { get; init; } = 1;
    public int? Threads { get; init; }
    public string? Output { get; init; }
    public DoctorMode Doctor { get; init; }

    public string? TensorBoard { get; init; }
    public bool IsQuiet { get; init; }
    public bool IsJson { get; init; }
}
