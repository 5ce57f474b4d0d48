namespace ChainRule.Optim;

/// <summary>Lowers the learning rates when a figure, such as the validation loss, has stopped getting better.</summary>
public sealed class ReduceOnPlateau
{
    private readonly Optimizer _optimizer;

    /// <summary>Watches over an optimizer.</summary>
    /// <param name="optimizer">Whose rates are lowered, those of its groups too.</param>
    /// <param name="factor">What a rate is multiplied by, between 0 and 1.</param>
    /// <param name="patience">How many steps without a better figure are put up with.</param>
    /// <param name="threshold">The share by which a figure must be better to count.</param>
    /// <param name="cooldown">How many steps are not judged after a rate was lowered.</param>
    /// <param name="least">No rate is lower.</param>
    /// <param name="isLargerBetter">Whether the figure should grow, as an accuracy; if not, it should fall, as a loss.</param>
    public ReduceOnPlateau(Optimizer optimizer, double factor = 0.1, int patience = 10, double threshold = 1e-4, int cooldown = 0, double least = 0, bool isLargerBetter = false)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (!(factor is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "ReduceOnPlateau: the factor must lie between 0 and 1.");
        Bounds.AtLeast(patience, 0, nameof(ReduceOnPlateau), nameof(patience));
        Bounds.AtLeast(cooldown, 0, nameof(ReduceOnPlateau), nameof(cooldown));
        (_optimizer, Factor, Patience, Cooldown, IsLargerBetter) = (optimizer, factor, patience, cooldown, isLargerBetter);
        (Threshold, Least) = (Bounds.NotNegative(threshold, nameof(ReduceOnPlateau), nameof(threshold)), Bounds.NotNegative(least, nameof(ReduceOnPlateau), nameof(least)));
        Best = isLargerBetter ? double.NegativeInfinity : double.PositiveInfinity;
    }

    /// <summary>What a rate is multiplied by.</summary>
    public double Factor { get; }

    /// <summary>How many steps without a better figure are put up with.</summary>
    public int Patience { get; }

    /// <summary>The share by which a figure must be better to count.</summary>
    public double Threshold { get; }

    /// <summary>How many steps are not judged after a rate was lowered.</summary>
    public int Cooldown { get; }

    /// <summary>No rate is lower.</summary>
    public double Least { get; }

    /// <summary>Whether the figure should grow.</summary>
    public bool IsLargerBetter { get; }

    /// <summary>The best figure so far; set it, with the two counts, to go on with an interrupted training.</summary>
    public double Best { get; set; }

    /// <summary>The steps since the best figure that were judged.</summary>
    public int BadSteps { get; set; }

    /// <summary>The steps that will still not be judged.</summary>
    public int CooldownLeft { get; set; }

    /// <summary>Takes a figure in; NaN is not better than anything.</summary>
    /// <returns>Whether the rates were lowered.</returns>
    public bool Step(double figure)
    {
        bool isBetter = IsLargerBetter
            ? figure > Best * (1 + (Best < 0 ? -Threshold : Threshold))
            : figure < Best * (1 - (Best < 0 ? -Threshold : Threshold));
        BadSteps = isBetter ? 0 : BadSteps + 1;
        if (isBetter)
            Best = figure;
        if (CooldownLeft > 0)
            (CooldownLeft, BadSteps) = (CooldownLeft - 1, 0);
        if (BadSteps <= Patience)
            return false;
        (CooldownLeft, BadSteps) = (Cooldown, 0);
        ParameterGroup[] own = [.. _optimizer.Groups.Where(group => group.HasOwnLearningRate)];
        _optimizer.LearningRate = Lowered(_optimizer.LearningRate);
        foreach (ParameterGroup group in own)
            group.LearningRate = Lowered(group.LearningRate);
        return true;
    }

    private double Lowered(double rate) => Math.Min(rate, Math.Max(rate * Factor, Least));
}
