using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Gradient descent on batches: g = gradient + decay·p, then p -= rate·g. With momentum v = momentum·v + g and p -= rate·v,
/// or, looking ahead (Nesterov), p -= rate·(g + momentum·v). As in PyTorch, v begins as the first g.
/// </summary>
public sealed class Sgd : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="momentum">The share of the last direction that is kept; 0 for none.</param>
    /// <param name="nesterov">Whether momentum looks ahead.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    public Sgd(IEnumerable<Tensor> parameters, double learningRate, double momentum = 0, bool nesterov = false, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        if (nesterov && momentum == 0)
            throw new ArgumentException("Sgd: Nesterov looks ahead along the momentum, so the momentum must be greater than 0.", nameof(nesterov));
        (Momentum, IsNesterov) = (NotNegative(momentum, nameof(momentum)), nesterov);
    }

    /// <summary>The share of the last direction that is kept.</summary>
    public double Momentum { get; }

    /// <summary>Whether momentum looks ahead.</summary>
    public bool IsNesterov { get; }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ParameterGroup group = GroupOf(index);
        if (Momentum == 0)
            Run(new SgdUpdate(group.LearningRate, group.WeightDecay), parameter, gradient);
        else
            Run(new MomentumUpdate(group.LearningRate, Momentum, group.WeightDecay, IsNesterov), parameter, gradient, Remembered(index, 0));
    }
}
