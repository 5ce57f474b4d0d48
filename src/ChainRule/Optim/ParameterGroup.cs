namespace ChainRule.Optim;

/// <summary>Parameters of an optimizer that share a learning rate and a weight decay of their own; see <see cref="Optimizer.AddGroup"/>.</summary>
public sealed class ParameterGroup
{
    private readonly Optimizer _optimizer;
    private double? _learningRate, _weightDecay;

    internal ParameterGroup(Optimizer optimizer, IReadOnlyList<Tensor> parameters, double? learningRate, double? weightDecay)
    {
        (_optimizer, Parameters) = (optimizer, parameters);
        if (learningRate is { } rate)
            LearningRate = rate;
        if (weightDecay is { } decay)
            WeightDecay = decay;
    }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>Whether the group has a learning rate of its own; else it follows the optimizer's.</summary>
    public bool HasOwnLearningRate => _learningRate is not null;

    /// <summary>How far a step goes; the optimizer's rate until one is set.</summary>
    public double LearningRate
    {
        get => _learningRate ?? _optimizer.LearningRate;
        set => _learningRate = Bounds.NotNegative(value, _optimizer.GetType().Name, nameof(LearningRate));
    }

    /// <summary>How strongly the parameters are pulled towards 0; the optimizer's decay until one is set.</summary>
    public double WeightDecay
    {
        get => _weightDecay ?? _optimizer.WeightDecay;
        set => _weightDecay = Bounds.NotNegative(value, _optimizer.GetType().Name, nameof(WeightDecay));
    }

    /// <summary>The rate and the decay of its own; null where it follows the optimizer.</summary>
    internal (double? LearningRate, double? WeightDecay) Own
    {
        get => (_learningRate, _weightDecay);
        set => (_learningRate, _weightDecay) = value;
    }
}
