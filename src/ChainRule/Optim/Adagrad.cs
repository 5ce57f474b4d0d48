using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Smaller steps for elements with large gradients so far: v += g², then p -= rate/(1 + (t - 1)·rate decay) · g / (√v + ε).
/// </summary>
/// <remarks>Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization", 2011.</remarks>
public sealed class Adagrad : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="rateDecay">How fast the learning rate falls.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    /// <param name="initialAccumulator">v before the first step.</param>
    /// <param name="epsilon">Keeps the divisor from 0.</param>
    public Adagrad(IEnumerable<Tensor> parameters, double learningRate = 1e-2, double rateDecay = 0, double weightDecay = 0, double initialAccumulator = 0, double epsilon = 1e-10)
        : base(parameters, learningRate, weightDecay)
    {
        (RateDecay, InitialAccumulator) = (NotNegative(rateDecay, nameof(rateDecay)), NotNegative(initialAccumulator, nameof(initialAccumulator)));
        Epsilon = NotNegative(epsilon, nameof(epsilon));
    }

    /// <summary>How fast the learning rate falls.</summary>
    public double RateDecay { get; }

    /// <summary>The sum of squares before the first step.</summary>
    public double InitialAccumulator { get; }

    /// <summary>What keeps the divisor from 0.</summary>
    public double Epsilon { get; }

    private protected override bool LeavesOtherRows(int index) => Epsilon > 0 && GroupOf(index).WeightDecay == 0;

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ParameterGroup group = GroupOf(index);
        double rate = group.LearningRate / (1 + (StepsOf(index) - 1) * RateDecay);
        var update = new AdagradUpdate { Rate = rate, Epsilon = Epsilon, Decay = group.WeightDecay };
        Run(update, parameter, gradient, Remembered(index, 0, InitialAccumulator));
    }
}
