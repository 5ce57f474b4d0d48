using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// What a learning rate range test found: the loss while the rate grew by equal ratios.
/// L. N. Smith, "Cyclical learning rates for training neural networks", 2017.
/// </summary>
/// <param name="Rates">The learning rates, in growing order.</param>
/// <param name="Losses">The loss before the step with each rate.</param>
public sealed record LearningRateTest(IReadOnlyList<double> Rates, IReadOnlyList<double> Losses)
{
    // The loss of one batch is noise; the mean forgets this share of the past at each step.
    private const double Forgotten = 0.1;

    // Beyond so many times the lowest loss it will not come back.
    private const double Explosion = 4;

    /// <summary>The learning rates, in growing order.</summary>
    public IReadOnlyList<double> Rates { get; } = Checked(Rates, Losses);

    /// <summary>The losses, smoothed: a running mean that weighs recent steps more.</summary>
    public IReadOnlyList<double> Smoothed { get; } = Smooth(Losses);

    /// <summary>The rate at which the smoothed loss falls fastest; NaN if it never falls.</summary>
    public double Suggested
    {
        get
        {
            int best = -1;
            double steepest = 0;
            for (int i = 1; i + 1 < Rates.Count; i++)
            {
                // Rates grow by equal ratios, so that plain differences are slopes over the logarithm.
                double fall = Smoothed[i - 1] - Smoothed[i + 1];
                if (fall > steepest)
                    (best, steepest) = (i, fall);
            }
            return best < 0 ? double.NaN : Rates[best];
        }
    }

    /// <summary>Trains with growing rates until the loss explodes, then sets the parameters back to their values. Give it an optimizer of its own: what that remembers is of no use afterwards.</summary>
    /// <param name="optimizer">Of the parameters to train; its rate is as before afterwards.</param>
    /// <param name="loss">Computes the loss of the next batch.</param>
    /// <param name="lowest">The first rate.</param>
    /// <param name="highest">The last rate.</param>
    /// <param name="steps">How many rates at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rates are not above zero and growing, or there are fewer than 3 steps.</exception>
    public static LearningRateTest Run(Optimizer optimizer, Func<Tensor> loss, double lowest = 1e-6, double highest = 10, int steps = 100)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        if (!(lowest > 0 && double.IsFinite(highest) && highest > lowest))
            throw new ArgumentOutOfRangeException(nameof(highest), highest, $"LearningRateTest: the rates must grow from above 0 ({lowest}) to something finite.");
        Bounds.AtLeast(steps, 3, nameof(LearningRateTest), nameof(steps));
        double before = optimizer.LearningRate;
        Tensor[] kept = [.. optimizer.Parameters.Select(parameter => parameter.Detach().Clone())];
        try
        {
            return Climb(optimizer, loss, [.. Enumerable.Range(0, steps).Select(i => lowest * Double1.Pow(new(highest / lowest), new((double)i / (steps - 1))).Value)]);
        }
        finally
        {
            optimizer.LearningRate = before;
            optimizer.ZeroGrad();
            using var quiet = new NoGrad();
            for (int i = 0; i < kept.Length; i++)
                optimizer.Parameters[i].CopyFrom(kept[i]);
        }
    }

    private static IReadOnlyList<double> Checked(IReadOnlyList<double> rates, IReadOnlyList<double> losses)
    {
        ArgumentNullException.ThrowIfNull(rates, nameof(Rates));
        ArgumentNullException.ThrowIfNull(losses, nameof(Losses));
        if (rates.Count != losses.Count)
            throw new ArgumentException($"LearningRateTest: {rates.Count} rates and {losses.Count} losses, but each loss belongs to one rate.");
        return rates;
    }

    private static LearningRateTest Climb(Optimizer optimizer, Func<Tensor> loss, double[] rates)
    {
        var losses = new List<double>();
        double least = double.PositiveInfinity;
        foreach (double rate in rates)
        {
            optimizer.LearningRate = rate;
            optimizer.ZeroGrad();
            Tensor now = loss();
            double value = now.Item<double>();
            losses.Add(value);
            least = Math.Min(least, value);
            if (!double.IsFinite(value) || value > Explosion * Math.Max(least, double.Epsilon) && losses.Count > 5) break;
            now.Backward();
            optimizer.Step();
        }
        return new LearningRateTest(rates[..losses.Count], losses);
    }

    private static double[] Smooth(IReadOnlyList<double> losses)
    {
        var smooth = new double[losses.Count];
        double mean = 0, weight = 0;
        for (int i = 0; i < losses.Count; i++)
        {
            mean += Forgotten * (losses[i] - mean);
            weight += Forgotten * (1 - weight);
            smooth[i] = mean / weight;
        }
        return smooth;
    }
}
