namespace ChainRule.Inspect;

/// <summary>How closely a <see cref="GradientDoctor"/> looks.</summary>
public sealed record GradientDoctorOptions
{
    /// <summary>Every how many steps it looks; the first four steps are always seen, and any whose loss is no number.</summary>
    public int Every { get; init; } = 25;

    /// <summary>The share of the training time that it may take once it has taken <see cref="Grace"/>: where it takes more, it looks less often.</summary>
    /// <remarks>With 1, the steps at which it looks depend on their numbers alone.</remarks>
    public double Budget { get; init; } = 0.01;

    /// <summary>What it may take before the budget counts, so that short runs are seen well.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether it also counts all gradients by their powers of two; a <see cref="Budget"/> of 0.05 suits that.</summary>
    public bool Histograms { get; init; }

    /// <summary>How many of the latest looks are kept.</summary>
    public int Kept { get; init; } = 400;

    /// <summary>Computes the loss anew, from the forward pass on: with it, what cuts a parameter off is named. Null if there is no need.</summary>
    public Func<Tensor>? Loss { get; init; }

    /// <summary>Is told each finding at once.</summary>
    public Action<Finding>? OnFinding { get; init; }
}
