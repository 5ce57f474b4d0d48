namespace ChainRule.Optim;

/// <summary>The rate times a factor after each step: initial·factor^step.</summary>
public sealed class ExponentialDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="factor">What the rate is multiplied by, greater than 0.</param>
    public ExponentialDecay(double factor) =>
        Factor = Positive(factor, nameof(factor));

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; }

    internal override string Numbers => $"factor {Text(Factor)}";

    /// <inheritdoc/>
    public override double Rate(long done, double initial) => initial * Pow(Factor, done);
}
