using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Gradient descent that keeps the average of its parameters: g = gradient + decay·p, then p = (1 - λη)·p - η·g with
/// η = rate/(1 + λ·rate·(t - 1))^α in step t; <see cref="Average"/> is the mean of p over the steps after <c>averagingStart</c> + 1.
/// </summary>
/// <remarks>
/// As in PyTorch the average is p itself until then and a += (p - a)/(t - 1 - averagingStart) afterwards. Polyak and Juditsky,
/// "Acceleration of stochastic approximation by averaging", 1992.
/// </remarks>
public sealed class Asgd : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far the first step goes.</param>
    /// <param name="lambda">λ: how fast the rate falls, and how strongly parameters shrink with it.</param>
    /// <param name="alpha">α: the power by which the rate falls.</param>
    /// <param name="averagingStart">The steps before those whose parameters are averaged.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    public Asgd(IEnumerable<Tensor> parameters, double learningRate = 1e-2, double lambda = 1e-4, double alpha = 0.75, double averagingStart = 1e6, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        (Lambda, Alpha) = (NotNegative(lambda, nameof(lambda)), NotNegative(alpha, nameof(alpha)));
        AveragingStart = NotNegative(averagingStart, nameof(averagingStart));
    }

    /// <summary>How fast the rate falls, and how strongly parameters shrink with it.</summary>
    public double Lambda { get; }

    /// <summary>The power by which the rate falls.</summary>
    public double Alpha { get; }

    /// <summary>The steps before those whose parameters are averaged.</summary>
    public double AveragingStart { get; }

    /// <summary>A copy of a parameter's average; of the parameter before the first step.</summary>
    /// <exception cref="ArgumentException">The tensor is not among the parameters.</exception>
    public Tensor Average(Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (ReferenceEquals(Parameters[i], parameter))
                return StepsOf(i) == 0 ? parameter.Detach().Clone() : Remembered(i, 0).Clone();
        }
        throw new ArgumentException($"Asgd: a tensor of shape {parameter.Shape} is not among the parameters and has no average.", nameof(parameter));
    }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ParameterGroup group = GroupOf(index);
        double before = StepsOf(index) - 1;
        double rate = group.LearningRate / Double1.Pow(new(1 + Lambda * group.LearningRate * before), new(Alpha)).Value;
        var update = new AsgdUpdate
        {
            Rate = rate,
            Shrinkage = 1 - Lambda * rate,
            Decay = group.WeightDecay,
            Share = 1 / Math.Max(1, before - AveragingStart),
        };
        Run(update, parameter, gradient, Remembered(index, 0));
    }
}
