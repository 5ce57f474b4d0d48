namespace ChainRule.Optim;

/// <summary>Half a cosine wave down, then the first rate again, and so on; each period is longer by a factor.</summary>
/// <remarks>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.</remarks>
public sealed class CosineWarmRestarts : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="period">The steps of the first period, at least 1.</param>
    /// <param name="growth">What the period is multiplied by at each restart, at least 1.</param>
    /// <param name="least">The least rate.</param>
    public CosineWarmRestarts(long period, int growth = 1, double least = 0) =>
        (Period, Growth, Least) = (AtLeastOne(period, nameof(period)), (int)AtLeastOne(growth, nameof(growth)), NotNegative(least, nameof(least)));

    /// <summary>The steps of the first period.</summary>
    public long Period { get; }

    /// <summary>What the period is multiplied by at each restart.</summary>
    public int Growth { get; }

    /// <summary>The least rate.</summary>
    public double Least { get; }

    internal override string Numbers => $"period {Text(Period)}, growth {Text(Growth)}, least {Text(Least)}";

    /// <inheritdoc/>
    public override double Rate(long done, double initial)
    {
        long length = Period;
        if (Growth == 1)
            done %= length;
        for (; done >= length; length *= Growth)
            done -= length;
        return Least + (initial - Least) * CosineFall((double)done / length);
    }
}
