namespace ChainRule.Optim;

/// <summary>Several schedules one after the other, each counting its steps from where it begins.</summary>
public sealed class SequentialSchedule : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="schedules">The schedules.</param>
    /// <param name="milestones">The step at which each but the first begins, in order.</param>
    public SequentialSchedule(IReadOnlyList<LearningRateSchedule> schedules, IReadOnlyList<long> milestones)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        ArgumentNullException.ThrowIfNull(milestones);
        foreach (LearningRateSchedule schedule in schedules)
            ArgumentNullException.ThrowIfNull(schedule, nameof(schedules));
        if (schedules.Count == 0 || milestones.Count != schedules.Count - 1)
            throw new ArgumentException($"SequentialSchedule: {schedules.Count} schedules need {Math.Max(schedules.Count - 1, 0)} milestones between them, not {milestones.Count}.", nameof(milestones));
        if (!milestones.SequenceEqual(milestones.Order()))
            throw new ArgumentException("SequentialSchedule: the milestones must be in order.", nameof(milestones));
        (Schedules, Milestones) = ([.. schedules], [.. milestones]);
    }

    /// <summary>The schedules.</summary>
    public IReadOnlyList<LearningRateSchedule> Schedules { get; }

    /// <summary>The step at which each but the first begins.</summary>
    public IReadOnlyList<long> Milestones { get; }

    internal override string Numbers => $"of {Text(Schedules.Count)}, milestones {string.Join(" ", Milestones.Select(Text))}";

    internal override IReadOnlyList<LearningRateSchedule> Parts => Schedules;

    /// <inheritdoc/>
    public override double Rate(long done, double initial)
    {
        int current = Milestones.Count(milestone => milestone <= done);
        return Schedules[current].Rate(current == 0 ? done : done - Milestones[current - 1], initial);
    }
}
