namespace ChainRule.Optim;

/// <summary>The plain mean of the weights at every update, as of the last epochs of a training at a high learning rate.</summary>
/// <remarks>Izmailov, Podoprikhin, Garipov, Vetrov and Wilson, "Averaging weights leads to wider optima and better generalization", 2018.</remarks>
public sealed class StochasticWeightAverage : WeightAverage
{
    /// <summary>Makes the average; the weights of the first update are the first that count.</summary>
    /// <param name="parameters">The weights to average.</param>
    public StochasticWeightAverage(IEnumerable<Tensor> parameters) : base(parameters)
    {
    }

    internal override string Setting => nameof(StochasticWeightAverage);

    private protected override double Share(long update) => 1.0 / update;
}
