namespace ChainRule.Optim;

/// <summary>A schedule at work: sets the learning rates of an optimizer after each step.</summary>
public sealed class LearningRateStepper
{
    private readonly Optimizer _optimizer;
    private readonly double _initial;
    private readonly (ParameterGroup Group, double Initial)[] _groups;

    internal LearningRateStepper(Optimizer optimizer, LearningRateSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        (_optimizer, Schedule, _initial) = (optimizer, schedule, optimizer.LearningRate);
        _groups = [.. optimizer.Groups.Where(group => group.HasOwnLearningRate).Select(group => (group, group.LearningRate))];
        StepCount = 0;
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
            _optimizer.LearningRate = Schedule.Rate(value, _initial);
            foreach ((ParameterGroup group, double initial) in _groups)
                group.LearningRate = Schedule.Rate(value, initial);
        }
    }

    /// <summary>Counts one step and sets the rates for the next; call it after the optimizer's.</summary>
    public void Step() => StepCount++;
}
