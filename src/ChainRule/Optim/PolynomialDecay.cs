namespace ChainRule.Optim;

/// <summary>initial·(1 - step/steps)^power, 0 from there on.</summary>
public sealed class PolynomialDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="steps">The steps to a rate of 0, at least 1.</param>
    /// <param name="power">The exponent, greater than 0; 1 for a straight line.</param>
    public PolynomialDecay(long steps, double power = 1) =>
        (Steps, Power) = (AtLeastOne(steps, nameof(steps)), Positive(power, nameof(power)));

    /// <summary>The steps to a rate of 0.</summary>
    public long Steps { get; }

    /// <summary>The exponent.</summary>
    public double Power { get; }

    internal override string Numbers => $"steps {Text(Steps)}, power {Text(Power)}";

    /// <inheritdoc/>
    public override double Rate(long done, double initial) => done >= Steps ? 0 : initial * Pow(1 - (double)done / Steps, Power);
}
