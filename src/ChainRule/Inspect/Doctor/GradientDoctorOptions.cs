namespace ChainRule.Inspect;

/// <summary>How closely a <see cref="GradientDoctor"/> looks.</summary>
public sealed record GradientDoctorOptions
{
    /// <summary>Every how many steps it looks; the first four steps are always seen, and any whose loss is no number.</summary>
    public int Every { get; init; } = 25;

    /// <summary>The share of the work that looks may be once there were <see cref="FreeLooks"/>: where they would be more, they stand farther apart.</summary>
    /// <remarks>Work is reckoned from the sizes of the network and of the batch, and never measured: a run is seen at the same steps on any machine. With 1, looks never move apart.</remarks>
    public double Budget { get; init; } = 0.01;

    /// <summary>How many looks are taken whatever they cost, so that the beginning, and short runs, are seen well.</summary>
    public int FreeLooks { get; init; } = 100;

    /// <summary>How many steps the training will take, if that is known: about 60 looks (fewer where that would be more than one in <see cref="Every"/> steps) are then spread over all of it whatever they cost, and the last step is looked at, so that pictures show the whole training.</summary>
    public long? ExpectedSteps { get; init; }

    /// <summary>Whether it also counts all gradients by their powers of two; a <see cref="Budget"/> of 0.05 suits that.</summary>
    public bool Histograms { get; init; }

    /// <summary>How many of the latest looks are kept.</summary>
    public int Kept { get; init; } = 400;

    /// <summary>Computes the loss anew, from the forward pass on: with it, what cuts a parameter off is named, and activations are seen of a step that is compiled. Null if there is no need.</summary>
    /// <remarks>A model that draws numbers or keeps statistics while it runs is not run a second time for its activations.</remarks>
    public Func<Tensor>? Loss { get; init; }

    /// <summary>Is told each finding at once.</summary>
    public Action<Finding>? OnFinding { get; init; }
}
