using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Adam for large batches, whose step is scaled to each tensor: d = m̂/(√v̂ + ε) + decay·p, then p -= rate·‖p‖/‖d‖·d,
/// without the ratio where either length is 0.
/// </summary>
/// <remarks>You et al., "Large batch optimization for deep learning: training BERT in 76 minutes", 2020.</remarks>
public sealed class Lamb : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="beta1">The share of the mean gradient that is kept, from 0 up to but without 1.</param>
    /// <param name="beta2">The share of the mean square that is kept, from 0 up to but without 1.</param>
    /// <param name="epsilon">Keeps the divisor from 0.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    public Lamb(IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-6, double weightDecay = 0)
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
        Tensor direction = Remembered(index, 2);
        var update = new LambUpdate
        {
            Beta1 = Beta1,
            Beta2 = Beta2,
            MeanCorrection = 1 - Power(Beta1, StepsOf(index)),
            SquareCorrection = 1 - Power(Beta2, StepsOf(index)),
            Epsilon = Epsilon,
            Decay = group.WeightDecay,
        };
        Run(update, parameter, gradient, Remembered(index, 0), Remembered(index, 1), direction);
        double length = GradientNorm.Of([parameter]), step = GradientNorm.Of([direction]);
        double trust = length > 0 && step > 0 ? length / step : 1;
        Run(new SgdUpdate(group.LearningRate * trust, 0), parameter, direction);
    }
}
