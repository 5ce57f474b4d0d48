namespace ChainRule.Cli.Runs;

/// <summary>How a network is made and trained, with nothing left open.</summary>
internal sealed record Recipe
{
    public required IReadOnlyList<int> Layers { get; init; }
    public required string Activation { get; init; }
    public required int Epochs { get; init; }
    public required int Batch { get; init; }
    public required string Optimizer { get; init; }
    public required double LearningRate { get; init; }
    public long Seed { get; init; } = 1;

    /// <summary>The recipe with what was asked for in place of what suits the data.</summary>
    public Recipe With(TrainSettings asked) => this with
    {
        Layers = asked.Layers ?? Layers,
        Epochs = asked.Epochs ?? Epochs,
        Batch = asked.Batch ?? Batch,
        Optimizer = asked.Optimizer ?? Optimizer,
        LearningRate = asked.LearningRate ?? LearningRate * Optimizers.RateBesideAdam(asked.Optimizer ?? Optimizer),
        Seed = asked.Seed,
    };
}
