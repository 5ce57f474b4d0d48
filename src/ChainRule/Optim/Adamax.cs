using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Adam by the largest gradient: m += (1 - β₁)(g - m), u = max(β₂u, |g| + ε), then p -= rate/(1 - β₁ᵗ) · m/u.
/// </summary>
/// <remarks>Kingma and Ba, "Adam: a method for stochastic optimization", 2015, section 7.</remarks>
public sealed class Adamax : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="beta1">The share of the mean gradient that is kept, from 0 up to but without 1.</param>
    /// <param name="beta2">The share of the mean square that is kept, from 0 up to but without 1.</param>
    /// <param name="epsilon">Keeps the divisor from 0.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    public Adamax(IEnumerable<Tensor> parameters, double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        (Beta1, Beta2) = (Share(beta1, nameof(beta1)), Share(beta2, nameof(beta2)));
        Epsilon = NotNegative(epsilon, nameof(epsilon));
    }

    /// <summary>The share of the mean gradient that is kept.</summary>
    public double Beta1 { get; }

    /// <summary>The share of the mean square that is kept.</summary>
    public double Beta2 { get; }

    /// <summary>What keeps the divisor from 0.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ParameterGroup group = GroupOf(index);
        var update = new AdamaxUpdate
        {
            Rate = group.LearningRate / (1 - Power(Beta1, StepsOf(index))),
            Beta1 = Beta1,
            Beta2 = Beta2,
            Epsilon = Epsilon,
            Decay = group.WeightDecay,
        };
        Run(update, parameter, gradient, Remembered(index, 0), Remembered(index, 1));
    }
}
