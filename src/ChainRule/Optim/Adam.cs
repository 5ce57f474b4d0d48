using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Gradient descent with a step of its own for each element, by running means of the gradient and its square:
/// m += (1 - β₁)(g - m), v = β₂v + (1 - β₂)g², then p -= rate/(1 - β₁ᵗ) · m / (√v/√(1 - β₂ᵗ) + ε) in the t-th step.
/// </summary>
/// <remarks>
/// The formulas and their order are PyTorch's; weight decay is added to the gradient, g = gradient + decay·p. A parameter's t counts
/// the steps in which it had a gradient. Kingma and Ba, "Adam: a method for stochastic optimization", 2015; with AMSGrad the largest v
/// so far takes the place of v: Reddi, Kale and Kumar, "On the convergence of Adam and beyond", 2018.
/// </remarks>
public class Adam : Optimizer
{
    private readonly bool _isDecoupled;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">About how far an element moves in a step.</param>
    /// <param name="beta1">The share of the mean gradient that is kept, from 0 up to but without 1.</param>
    /// <param name="beta2">The share of the mean square that is kept, from 0 up to but without 1.</param>
    /// <param name="epsilon">Keeps the divisor from 0.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    /// <param name="amsgrad">Divides by the largest mean square so far, so that steps never grow again.</param>
    public Adam(IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, bool amsgrad = false)
        : this(parameters, learningRate, beta1, beta2, epsilon, weightDecay, amsgrad, isDecoupled: false)
    {
    }

    private protected Adam(IEnumerable<Tensor> parameters, double learningRate, double beta1, double beta2, double epsilon, double weightDecay, bool amsgrad, bool isDecoupled)
        : base(parameters, learningRate, weightDecay)
    {
        (Beta1, Beta2) = (Share(beta1, nameof(beta1)), Share(beta2, nameof(beta2)));
        (Epsilon, IsAmsgrad, _isDecoupled) = (NotNegative(epsilon, nameof(epsilon)), amsgrad, isDecoupled);
    }

    /// <summary>The share of the mean gradient that is kept.</summary>
    public double Beta1 { get; }

    /// <summary>The share of the mean square that is kept.</summary>
    public double Beta2 { get; }

    /// <summary>What keeps the divisor from 0.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the largest mean square so far is divided by.</summary>
    public bool IsAmsgrad { get; }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ParameterGroup group = GroupOf(index);
        var update = new AdamUpdate
        {
            Rate = group.LearningRate / (1 - Power(Beta1, StepsOf(index))),
            Beta1 = Beta1,
            Beta2 = Beta2,
            Correction = Math.Sqrt(1 - Power(Beta2, StepsOf(index))),
            Epsilon = Epsilon,
            Decay = _isDecoupled ? 0 : group.WeightDecay,
            Shrinkage = _isDecoupled ? group.LearningRate * group.WeightDecay : 0,
        };
        if (IsAmsgrad)
            Run(AmsgradUpdate.Of(update), parameter, gradient, Remembered(index, 0), Remembered(index, 1), Remembered(index, 2));
        else
            Run(update, parameter, gradient, Remembered(index, 0), Remembered(index, 1));
    }
}
