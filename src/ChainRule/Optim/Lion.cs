using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Steps of one size by the sign of a mean gradient: p *= 1 - rate·decay, p -= rate·sign(β₁m + (1 - β₁)g), then m = β₂m + (1 - β₂)g.
/// </summary>
/// <remarks>Chen et al., "Symbolic discovery of optimization algorithms", 2023. Its rate is three to ten times smaller than that of AdamW, its decay as much larger.</remarks>
public sealed class Lion : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="beta1">The share of the mean gradient in the step.</param>
    /// <param name="beta2">The share of the mean gradient that is kept.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    public Lion(IEnumerable<Tensor> parameters, double learningRate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        (Beta1, Beta2) = (Share(beta1, nameof(beta1)), Share(beta2, nameof(beta2)));
    }

    /// <summary>The share of the mean gradient in the step.</summary>
    public double Beta1 { get; }

    /// <summary>The share of the mean gradient that is kept.</summary>
    public double Beta2 { get; }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ParameterGroup group = GroupOf(index);
        var update = new LionUpdate
        {
            Rate = group.LearningRate,
            Beta1 = Beta1,
            Beta2 = Beta2,
            Shrinkage = group.LearningRate * group.WeightDecay,
        };
        Run(update, parameter, gradient, Remembered(index, 0));
    }
}
