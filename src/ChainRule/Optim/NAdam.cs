using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Adam with Nesterov's look ahead: with μ(t) = β₁(1 - 0.96^(t·momentum decay)/2) and π(t) = μ(1)···μ(t),
/// p -= rate·((1 - μ(t))/(1 - π(t))·g + μ(t+1)/(1 - π(t+1))·m) / (√(v/(1 - β₂ᵗ)) + ε).
/// </summary>
/// <remarks>As in PyTorch. Dozat, "Incorporating Nesterov momentum into Adam", 2016.</remarks>
public sealed class NAdam : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="beta1">The share of the mean gradient that is kept, from 0 up to but without 1.</param>
    /// <param name="beta2">The share of the mean square that is kept, from 0 up to but without 1.</param>
    /// <param name="epsilon">Keeps the divisor from 0.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    /// <param name="momentumDecay">How fast μ(t) comes near β₁.</param>
    public NAdam(IEnumerable<Tensor> parameters, double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, double momentumDecay = 4e-3)
        : base(parameters, learningRate, weightDecay)
    {
        (Beta1, Beta2) = (Share(beta1, nameof(beta1)), Share(beta2, nameof(beta2)));
        Epsilon = NotNegative(epsilon, nameof(epsilon));
        MomentumDecay = NotNegative(momentumDecay, nameof(momentumDecay));
    }

    /// <summary>The share of the mean gradient that is kept.</summary>
    public double Beta1 { get; }

    /// <summary>The share of the mean square that is kept.</summary>
    public double Beta2 { get; }

    /// <summary>What keeps the divisor from 0.</summary>
    public double Epsilon { get; }

    /// <summary>How fast the momentum comes near β₁.</summary>
    public double MomentumDecay { get; }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ParameterGroup group = GroupOf(index);
        long step = StepsOf(index);
        double momentum = MomentumAt(step), next = MomentumAt(step + 1);
        double product = RememberedNumber(index, initial: 1) * momentum; // π(t)
        Remember(index, product);
        var update = new NAdamUpdate
        {
            GradientRate = group.LearningRate * (1 - momentum) / (1 - product),
            MeanRate = group.LearningRate * next / (1 - product * next),
            Beta1 = Beta1,
            Beta2 = Beta2,
            Correction = 1 - Power(Beta2, step),
            Epsilon = Epsilon,
            Decay = group.WeightDecay,
        };
        Run(update, parameter, gradient, Remembered(index, 0), Remembered(index, 1));
    }

    private double MomentumAt(long step) => Beta1 * (1 - Double1.Pow(new(0.96), new(step * MomentumDecay)).Value / 2);
}
