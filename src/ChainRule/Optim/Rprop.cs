using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Resilient propagation, for whole data sets rather than batches: only the signs of gradients count. The step of an element is
/// multiplied by grow while the sign stays, and by shrink where it turns; there nothing moves.
/// </summary>
/// <remarks>The learning rate is the first step and does not matter later. Riedmiller and Braun, "A direct adaptive method for faster backpropagation learning", 1993.</remarks>
public sealed class Rprop : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">The first step of each element.</param>
    /// <param name="shrink">Multiplies the step where the sign turns, between 0 and 1.</param>
    /// <param name="grow">Multiplies the step where the sign stays, greater than 1.</param>
    /// <param name="leastStep">No step is smaller.</param>
    /// <param name="mostStep">No step is larger.</param>
    public Rprop(IEnumerable<Tensor> parameters, double learningRate = 1e-2, double shrink = 0.5, double grow = 1.2, double leastStep = 1e-6, double mostStep = 50)
        : base(parameters, learningRate)
    {
        if (!(shrink is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(shrink), shrink, "Rprop: shrink must lie between 0 and 1.");
        if (!(grow > 1) || !double.IsFinite(grow))
            throw new ArgumentOutOfRangeException(nameof(grow), grow, "Rprop: grow must be a finite number greater than 1.");
        if (!(NotNegative(leastStep, nameof(leastStep)) <= mostStep))
            throw new ArgumentOutOfRangeException(nameof(mostStep), mostStep, $"Rprop: the largest step must be at least the smallest, {leastStep}.");
        (Shrink, Grow, LeastStep, MostStep) = (shrink, grow, leastStep, mostStep);
    }

    /// <summary>What the step is multiplied by where the sign turns.</summary>
    public double Shrink { get; }

    /// <summary>What the step is multiplied by where the sign stays.</summary>
    public double Grow { get; }

    /// <summary>The smallest step.</summary>
    public double LeastStep { get; }

    /// <summary>The largest step.</summary>
    public double MostStep { get; }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Tensor last = Remembered(index, 0), steps = Remembered(index, 1);
        if (StepsOf(index) == 1)
            steps.Fill(GroupOf(index).LearningRate);
        Run(new RpropUpdate { Shrink = Shrink, Grow = Grow, Least = LeastStep, Most = MostStep }, parameter, gradient, last, steps);
    }
}
