namespace ChainRule.Optim;

/// <summary>Half a cosine wave down: least + (initial - least)·(1 + cos(π·step/steps))/2. Beyond it the wave goes on, up again.</summary>
/// <remarks>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.</remarks>
public sealed class CosineAnnealing : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="steps">The steps to the least rate, at least 1.</param>
    /// <param name="least">The least rate.</param>
    public CosineAnnealing(long steps, double least = 0) =>
        (Steps, Least) = (AtLeastOne(steps, nameof(steps)), NotNegative(least, nameof(least)));

    /// <summary>The steps to the least rate.</summary>
    public long Steps { get; }

    /// <summary>The least rate.</summary>
    public double Least { get; }

    internal override string Numbers => $"steps {Text(Steps)}, least {Text(Least)}";

    /// <inheritdoc/>
    public override double Rate(long done, double initial) => Least + (initial - Least) * CosineFall((double)done / Steps);
}
