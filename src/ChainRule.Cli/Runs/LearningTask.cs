using ChainRule.Data;

namespace ChainRule.Cli.Runs;

/// <summary>Data to learn from, ready for a network: each example one row of standardised numbers.</summary>
internal sealed record LearningTask
{
    /// <summary>What to call it.</summary>
    public required string Name { get; init; }

    /// <summary>What --data named.</summary>
    public string Source { get; init; } = "";

    /// <summary>The names of the columns, the class last; null where the data name none.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>SHA-256 of the training part before it was standardised, see <see cref="DataHash"/>; empty where it was not asked for.</summary>
    public string TrainHash { get; init; } = "";

    /// <summary>Where it comes from.</summary>
    public required string Description { get; init; }

    /// <summary>The shape of one example before it became a row.</summary>
    public required Shape FeatureShape { get; init; }

    public required Dataset Train { get; init; }
    public required Dataset Test { get; init; }

    /// <summary>What was done to the numbers, which new examples need too.</summary>
    public required Standardization Standardization { get; init; }

    /// <summary>How it is learned if nothing else is asked for.</summary>
    public required Recipe Recipe { get; init; }

    public IReadOnlyList<string> Classes => Train.ClassNames;

    public long FeatureCount => FeatureShape.ElementCount;
}
