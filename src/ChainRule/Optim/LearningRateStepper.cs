namespace ChainRule.Optim;

/// <summary>A schedule at work: sets the learning rates of an optimizer after each step.</summary>
/// <remarks>
/// A group with a rate of its own that is added later follows the schedule, too: its rate is taken for that of step 0. If an
/// optimizer has had several schedules, the last one counts.
/// </remarks>
public sealed class LearningRateStepper
{
    private readonly Optimizer _optimizer;
    private readonly List<(ParameterGroup Group, double Initial)> _groups;

    internal LearningRateStepper(Optimizer optimizer, LearningRateSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        (_optimizer, Schedule, Initial) = (optimizer, schedule, optimizer.LearningRate);
        _groups = [.. optimizer.Groups.Where(group => group.HasOwnLearningRate).Select(group => (group, group.LearningRate))];
        StepCount = 0;
        optimizer.Stepper = this;
    }

    /// <summary>What the rates follow.</summary>
    public LearningRateSchedule Schedule { get; }

    /// <summary>The steps done; set it to go on with an interrupted training.</summary>
    public long StepCount
    {
        get;
        set
        {
            Bounds.AtLeast(value, 0, nameof(LearningRateStepper), nameof(StepCount));
            field = value;
            _optimizer.LearningRate = Schedule.Rate(value, Initial);
            foreach ((ParameterGroup group, double initial) in _groups)
                group.LearningRate = Schedule.Rate(value, initial);
        }
    }

    /// <summary>The optimizer's rate at step 0.</summary>
    internal double Initial { get; }

    /// <summary>The rates at step 0 of the optimizer and of those groups that have one of their own.</summary>
    internal IEnumerable<double> Initials => [Initial, .. _groups.Select(group => group.Initial)];

    /// <summary>Counts one step and sets the rates for the next; call it after the optimizer's.</summary>
    public void Step() => StepCount++;

    /// <summary>Takes in a group that was added after the schedule had begun.</summary>
    internal void Add(ParameterGroup group)
    {
        if (!group.HasOwnLearningRate) return;
        double initial = group.LearningRate;
        _groups.Add((group, initial));
        group.LearningRate = Schedule.Rate(StepCount, initial);
    }
}
