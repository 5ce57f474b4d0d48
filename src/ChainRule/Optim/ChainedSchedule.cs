namespace ChainRule.Optim;

/// <summary>Several schedules at once: each starts from the rate that the one before gives.</summary>
/// <remarks>A warm-up chained with a decay multiplies both.</remarks>
public sealed class ChainedSchedule : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="schedules">The schedules, at least one.</param>
    public ChainedSchedule(params LearningRateSchedule[] schedules)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        if (schedules.Length == 0)
            throw new ArgumentException("ChainedSchedule: there are no schedules.", nameof(schedules));
        foreach (LearningRateSchedule schedule in schedules)
            ArgumentNullException.ThrowIfNull(schedule, nameof(schedules));
        Schedules = [.. schedules];
    }

    /// <summary>The schedules.</summary>
    public IReadOnlyList<LearningRateSchedule> Schedules { get; }

    internal override string Numbers => $"of {Text(Schedules.Count)}";

    internal override IReadOnlyList<LearningRateSchedule> Parts => Schedules;

    /// <inheritdoc/>
    public override double Rate(long done, double initial) => Schedules.Aggregate(initial, (rate, schedule) => schedule.Rate(done, rate));
}
