using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// <see cref="Adam"/> for large tables: a row without a gradient stays as it is, and so do its running means, as if it had sat out the
/// step. p -= rate·√(1 - β₂ᵗ)/(1 - β₁ᵗ) · m / (√v + ε) in the t-th step of the table, on the rows of <see cref="Tensor.RowGradient"/>.
/// </summary>
/// <remarks>
/// As in PyTorch, whose class has the same name; ε is not scaled. A parameter with a whole gradient is adjusted wholly. Kingma and Ba,
/// "Adam: a method for stochastic optimization", 2015, section 2.
/// </remarks>
public sealed class SparseAdam : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">About how far an element moves in a step.</param>
    /// <param name="beta1">The share of the mean gradient that is kept, from 0 up to but without 1.</param>
    /// <param name="beta2">The share of the mean square that is kept, from 0 up to but without 1.</param>
    /// <param name="epsilon">Keeps the divisor from 0.</param>
    public SparseAdam(IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : base(parameters, learningRate)
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

    private protected override bool LeavesOtherRows(int index) => true;

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        double correction = Math.Sqrt(1 - Power(Beta2, StepsOf(index)));
        var update = new AdamUpdate
        {
            Rate = GroupOf(index).LearningRate / (1 - Power(Beta1, StepsOf(index))),
            Beta1 = Beta1,
            Beta2 = Beta2,
            Correction = correction,
            Epsilon = Epsilon / correction,
        };
        Run(update, parameter, gradient, Remembered(index, 0), Remembered(index, 1));
    }
}
