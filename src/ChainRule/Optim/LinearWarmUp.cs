namespace ChainRule.Optim;

/// <summary>A straight line from a share of the rate up to the rate itself, which stays from there on.</summary>
public sealed class LinearWarmUp : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="steps">The steps to the full rate, at least 1.</param>
    /// <param name="start">The share of the rate at the beginning, from 0 to 1.</param>
    public LinearWarmUp(long steps, double start = 1.0 / 3)
    {
        Steps = AtLeastOne(steps, nameof(steps));
        Start = start is >= 0 and <= 1
            ? start
            : throw new ArgumentOutOfRangeException(nameof(start), start, "LinearWarmUp: the share at the beginning must lie between 0 and 1.");
    }

    /// <summary>The steps to the full rate.</summary>
    public long Steps { get; }

    /// <summary>The share of the rate at the beginning.</summary>
    public double Start { get; }

    internal override string Numbers => $"steps {Text(Steps)}, start {Text(Start)}";

    /// <inheritdoc/>
    public override double Rate(long done, double initial) => done >= Steps ? initial : initial * (Start + (1 - Start) * done / Steps);
}
