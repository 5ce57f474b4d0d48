namespace ChainRule.Optim;

/// <summary>The rate times a factor after every so many steps.</summary>
public sealed class StepDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="every">The steps between two changes, at least 1.</param>
    /// <param name="factor">What the rate is multiplied by, greater than 0.</param>
    public StepDecay(long every, double factor = 0.1) =>
        (Every, Factor) = (AtLeastOne(every, nameof(every)), Positive(factor, nameof(factor)));

    /// <summary>The steps between two changes.</summary>
    public long Every { get; }

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; }

    internal override string Numbers => $"every {Text(Every)}, factor {Text(Factor)}";

    /// <inheritdoc/>
    public override double Rate(long done, double initial) => initial * Pow(Factor, done / Every);
}
