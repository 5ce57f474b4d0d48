using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Adam that moves by the plain mean of the gradient until the mean square tells enough, and is rectified by
/// r = √((ρ(t) - 4)(ρ(t) - 2)ρ / ((ρ - 4)(ρ - 2)ρ(t))) then, where ρ = 2/(1 - β₂) - 1 and ρ(t) = ρ - 2tβ₂ᵗ/(1 - β₂ᵗ) is greater than 5.
/// </summary>
/// <remarks>As in PyTorch. Liu, Jiang, He, Chen, Liu, Gao and Han, "On the variance of the adaptive learning rate and beyond", 2020.</remarks>
public sealed class RAdam : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="beta1">The share of the mean gradient that is kept, from 0 up to but without 1.</param>
    /// <param name="beta2">The share of the mean square that is kept, from 0 up to but without 1.</param>
    /// <param name="epsilon">Keeps the divisor from 0.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    public RAdam(IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
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
        long step = StepsOf(index);
        double power = Power(Beta2, step), limit = 2 / (1 - Beta2) - 1, length = limit - 2 * step * power / (1 - power);
        bool isAdaptive = length > 5;
        double rate = group.LearningRate / (1 - Power(Beta1, step));
        if (isAdaptive)
            rate *= Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)) * Math.Sqrt(1 - power);
        var update = new RAdamUpdate
        {
            Rate = rate,
            Beta1 = Beta1,
            Beta2 = Beta2,
            Epsilon = Epsilon,
            Decay = group.WeightDecay,
            IsAdaptive = isAdaptive,
        };
        Run(update, parameter, gradient, Remembered(index, 0), Remembered(index, 1));
    }
}
