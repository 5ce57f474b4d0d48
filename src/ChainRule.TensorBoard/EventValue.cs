namespace ChainRule.TensorBoard;

/// <summary>One value of an event file; of what it holds, one is not null.</summary>
/// <param name="Step">The step.</param>
/// <param name="Tag">Its name.</param>
public sealed record EventValue(long Step, string Tag)
{
    /// <summary>A number.</summary>
    public double? Scalar { get; init; }

    /// <summary>A distribution.</summary>
    public EventHistogram? Histogram { get; init; }

    /// <summary>The bytes of a picture.</summary>
    public byte[]? Image { get; init; }

    /// <summary>Text.</summary>
    public string? Text { get; init; }
}
