using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Steps in the unit of the parameter: v = ρv + (1 - ρ)g², d = √(u + ε)/√(v + ε)·g, u = ρu + (1 - ρ)d², then p -= rate·d.
/// </summary>
/// <remarks>Zeiler, "ADADELTA: an adaptive learning rate method", 2012.</remarks>
public sealed class Adadelta : Optimizer
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="rho">The share of the mean squares that is kept, from 0 up to but without 1.</param>
    /// <param name="epsilon">Keeps the divisor from 0.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    public Adadelta(IEnumerable<Tensor> parameters, double learningRate = 1, double rho = 0.9, double epsilon = 1e-6, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        (Rho, Epsilon) = (Share(rho, nameof(rho)), NotNegative(epsilon, nameof(epsilon)));
    }

    /// <summary>The share of the mean squares that is kept.</summary>
    public double Rho { get; }

    /// <summary>What keeps the divisor from 0.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ParameterGroup group = GroupOf(index);
        var update = new AdadeltaUpdate { Rate = group.LearningRate, Rho = Rho, Epsilon = Epsilon, Decay = group.WeightDecay };
        Run(update, parameter, gradient, Remembered(index, 0), Remembered(index, 1));
    }
}
