using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Gradient descent on batches: g = gradient + decay·p, then p -= rate·g. With momentum v = momentum·v + g and p -= rate·v,
/// or, looking ahead (Nesterov), p -= rate·(g + momentum·v). As in PyTorch, v begins as the first g; after it, dampening makes
/// v = momentum·v + (1 - dampening)·g. To maximize, g = decay·p - gradient.
/// </summary>
public sealed class Sgd : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="momentum">The share of the last direction that is kept; 0 for none.</param>
    /// <param name="nesterov">Whether momentum looks ahead.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    /// <param name="dampening">The share of each new gradient that is kept out of the momentum.</param>
    /// <param name="maximize">Whether to climb instead of descend.</param>
    public Sgd(IEnumerable<Tensor> parameters, double learningRate, double momentum = 0, bool nesterov = false, double weightDecay = 0, double dampening = 0, bool maximize = false)
        : base(parameters, learningRate, weightDecay)
    {
        if (nesterov && momentum == 0)
            throw new ArgumentException("Sgd: Nesterov looks ahead along the momentum, so the momentum must be greater than 0.", nameof(nesterov));
        if (nesterov && dampening != 0)
            throw new ArgumentException("Sgd: Nesterov looks ahead along the whole momentum, so the dampening must be 0.", nameof(dampening));
        (Momentum, IsNesterov) = (NotNegative(momentum, nameof(momentum)), nesterov);
        (Dampening, IsMaximizing) = (Bounds.Share(dampening, nameof(Sgd), nameof(dampening)), maximize);
    }

    /// <summary>The share of the last direction that is kept.</summary>
    public double Momentum { get; }

    /// <summary>Whether momentum looks ahead.</summary>
    public bool IsNesterov { get; }

    /// <summary>The share of each new gradient that is kept out of the momentum.</summary>
    public double Dampening { get; }

    /// <summary>Whether to climb instead of descend.</summary>
    public bool IsMaximizing { get; }

    private protected override bool LeavesOtherRows(int index) => Momentum == 0 && GroupOf(index).WeightDecay == 0;

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ParameterGroup group = GroupOf(index);
        // Climbing by rate and decay is descending by -rate and -decay: p + rate·(gradient - decay·p).
        (double rate, double decay) = IsMaximizing ? (-group.LearningRate, -group.WeightDecay) : (group.LearningRate, group.WeightDecay);
        double share = StepsOf(index) == 1 ? 1 : 1 - Dampening;
        if (Momentum == 0)
            Run(new SgdUpdate(rate, decay), parameter, gradient);
        else
            Run(new MomentumUpdate(rate, Momentum, decay, IsNesterov, share), parameter, gradient, Remembered(index, 0));
    }
}
