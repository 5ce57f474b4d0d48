namespace ChainRule.Optim;

/// <summary>The exponential moving average of weights: average = decay·average + (1 - decay)·weight.</summary>
/// <remarks>Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992, for the idea.</remarks>
public sealed class ExponentialMovingAverage : WeightAverage
{
    /// <summary>Begins with the present weights.</summary>
    /// <param name="parameters">The weights to average.</param>
    /// <param name="decay">The share of the average that is kept, from 0 to 1.</param>
    public ExponentialMovingAverage(IEnumerable<Tensor> parameters, double decay = 0.999) : base(parameters) =>
        Decay = decay is >= 0 and <= 1
            ? decay
            : throw new ArgumentOutOfRangeException(nameof(decay), decay, "ExponentialMovingAverage: the decay must lie between 0 and 1.");

    /// <summary>The share of the average that is kept.</summary>
    public double Decay { get; }

    internal override string Setting => $"{nameof(ExponentialMovingAverage)}, decay {OptimizerState.Text(Decay)}";

    private protected override double Share(long update) => 1 - Decay;
}
