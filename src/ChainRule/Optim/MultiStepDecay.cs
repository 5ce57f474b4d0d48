namespace ChainRule.Optim;

/// <summary>The rate times a factor at each of several steps.</summary>
public sealed class MultiStepDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="milestones">The steps after which the rate changes; one that is given twice changes it twice.</param>
    /// <param name="factor">What the rate is multiplied by, greater than 0.</param>
    public MultiStepDecay(IEnumerable<long> milestones, double factor = 0.1)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        (Milestones, Factor) = ([.. milestones.Order()], Positive(factor, nameof(factor)));
    }

    /// <summary>The steps after which the rate changes, in order.</summary>
    public IReadOnlyList<long> Milestones { get; }

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; }

    internal override string Numbers => $"milestones {string.Join(" ", Milestones.Select(Text))}, factor {Text(Factor)}";

    /// <inheritdoc/>
    public override double Rate(long done, double initial) => initial * Pow(Factor, Milestones.Count(milestone => milestone <= done));
}
