using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Steps divided by the size of recent gradients: v = αv + (1 - α)g², then p -= rate·g / (√v + ε). Centred, the square of the
/// mean gradient is taken off v first; with momentum b = momentum·b + g / (√v + ε) and p -= rate·b.
/// </summary>
/// <remarks>The formulas are PyTorch's. Tieleman and Hinton, lecture 6.5 of "Neural networks for machine learning", 2012.</remarks>
public sealed class RmsProp : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="alpha">The share of the mean square that is kept, from 0 up to but without 1.</param>
    /// <param name="epsilon">Keeps the divisor from 0.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    /// <param name="momentum">The share of the last direction that is kept; 0 for none.</param>
    /// <param name="centred">Divides by the deviation of the gradient instead of its size.</param>
    public RmsProp(IEnumerable<Tensor> parameters, double learningRate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0, double momentum = 0, bool centred = false)
        : base(parameters, learningRate, weightDecay)
    {
        (Alpha, Epsilon) = (Share(alpha, nameof(alpha)), NotNegative(epsilon, nameof(epsilon)));
        (Momentum, IsCentred) = (NotNegative(momentum, nameof(momentum)), centred);
    }

    /// <summary>The share of the mean square that is kept.</summary>
    public double Alpha { get; }

    /// <summary>What keeps the divisor from 0.</summary>
    public double Epsilon { get; }

    /// <summary>The share of the last direction that is kept.</summary>
    public double Momentum { get; }

    /// <summary>Whether the deviation of the gradient is divided by.</summary>
    public bool IsCentred { get; }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ParameterGroup group = GroupOf(index);
        if (Momentum == 0 && !IsCentred)
        {
            var plain = new RmsPropUpdate { Rate = group.LearningRate, Alpha = Alpha, Epsilon = Epsilon, Decay = group.WeightDecay };
            Run(plain, parameter, gradient, Remembered(index, 0));
            return;
        }
        var update = new RmsPropMomentumUpdate
        {
            Rate = group.LearningRate,
            Alpha = Alpha,
            Epsilon = Epsilon,
            Decay = group.WeightDecay,
            Momentum = Momentum,
            IsCentred = IsCentred,
        };
        Run(update, parameter, gradient, Remembered(index, 0), Remembered(index, 1), Remembered(index, 2));
    }
}
