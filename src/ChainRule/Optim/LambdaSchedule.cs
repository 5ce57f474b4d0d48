namespace ChainRule.Optim;

/// <summary>The first rate times a function of the steps done.</summary>
public sealed class LambdaSchedule : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="factor">The function.</param>
    public LambdaSchedule(Func<long, double> factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        Factor = factor;
    }

    /// <summary>The function.</summary>
    public Func<long, double> Factor { get; }

    /// <inheritdoc/>
    public override double Rate(long done, double initial) => initial * Factor(done);
}
