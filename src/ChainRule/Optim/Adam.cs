using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Gradient descent with a step of its own for each element, by running means of the gradient and its square:
/// m += (1 - β₁)(g - m), v = β₂v + (1 - β₂)g², then p -= rate/(1 - β₁ᵗ) · m / (√v/√(1 - β₂ᵗ) + ε) in the t-th step.
/// </summary>
/// <remarks>
/// The formulas and their order are PyTorch's; weight decay is added to the gradient, g = gradient + decay·p. A parameter's t counts
/// the steps in which it had a gradient. Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
/// </remarks>
public class Adam : Optimizer
{
    private readonly Memory?[] _memories;
    private readonly bool _isDecoupled;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">About how far an element moves in a step.</param>
    /// <param name="beta1">The share of the mean gradient that is kept, from 0 up to but without 1.</param>
    /// <param name="beta2">The share of the mean square that is kept, from 0 up to but without 1.</param>
    /// <param name="epsilon">Keeps the divisor from 0.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    public Adam(IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : this(parameters, learningRate, beta1, beta2, epsilon, weightDecay, isDecoupled: false)
    {
    }

    private protected Adam(IEnumerable<Tensor> parameters, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool isDecoupled)
        : base(parameters, learningRate)
    {
        (Beta1, Beta2) = (Share(beta1, nameof(beta1)), Share(beta2, nameof(beta2)));
        (Epsilon, WeightDecay) = (NotNegative(epsilon, nameof(epsilon)), NotNegative(weightDecay, nameof(weightDecay)));
        _isDecoupled = isDecoupled;
        _memories = new Memory?[Parameters.Count];
    }

    /// <summary>The share of the mean gradient that is kept.</summary>
    public double Beta1 { get; }

    /// <summary>The share of the mean square that is kept.</summary>
    public double Beta2 { get; }

    /// <summary>What keeps the divisor from 0.</summary>
    public double Epsilon { get; }

    /// <summary>How strongly parameters are pulled towards 0.</summary>
    public double WeightDecay { get; }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Memory memory = _memories[index] ??= new Memory(parameter);
        memory.Beta1Power *= Beta1;
        memory.Beta2Power *= Beta2;
        var update = new AdamUpdate
        {
            Rate = LearningRate / (1 - memory.Beta1Power),
            Beta1 = Beta1,
            Beta2 = Beta2,
            Correction = Math.Sqrt(1 - memory.Beta2Power),
            Epsilon = Epsilon,
            Decay = _isDecoupled ? 0 : WeightDecay,
            Shrinkage = _isDecoupled ? LearningRate * WeightDecay : 0,
        };
        Run(update, parameter, gradient, memory.Mean, memory.MeanSquare);
    }

    private static double Share(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and less than 1.");

    /// <summary>What is remembered of one parameter.</summary>
    private sealed class Memory(Tensor parameter)
    {
        public Tensor Mean { get; } = Tensor.Zeros(parameter.Shape, parameter.DType);

        public Tensor MeanSquare { get; } = Tensor.Zeros(parameter.Shape, parameter.DType);

        /// <summary>β₁ᵗ.</summary>
        public double Beta1Power { get; set; } = 1;

        /// <summary>β₂ᵗ.</summary>
        public double Beta2Power { get; set; } = 1;
    }
}
