namespace ChainRule.Inspect;

/// <summary>The loss of every step, kept in a few numbers: how it began, its highest, and the latest of them.</summary>
internal sealed class LossCurve
{
    private const int Latest = 50, First = 10;

    private readonly Queue<double> _latest = new();
    private readonly List<double> _first = [];

    // A look asks for these a dozen times, and the losses between two looks are not worth it.
    private (long Steps, double Mean, double Deviation) _recent = (0, double.NaN, double.NaN);
    private (double Mean, double Deviation) _beginning = (double.NaN, double.NaN);

    public long Steps { get; private set; }

    /// <summary>Whether one of the first steps was so large that only the first loss tells how training began.</summary>
    public bool BeganWithLargeSteps { get; set; }

    /// <summary>A loss that is small for the problem, 0 if unknown: ratios of smaller ones say nothing.</summary>
    public double Small { get; set; }

    /// <summary>The mean of the first ten, since batches differ; the very first where steps were large.</summary>
    public double Initial => BeganWithLargeSteps && _first.Count > 0 ? _first[0] : _beginning.Mean;

    /// <summary>The standard deviation of the first ten; 0 where steps were large, and what differs is not the batches.</summary>
    public double InitialScatter => BeganWithLargeSteps ? 0 : _beginning.Deviation;

    /// <summary>What the loss is compared with: how it began, or what is small for the problem.</summary>
    public double Reference => Math.Max(Initial, Small);

    /// <summary>The mean of the last fifty.</summary>
    public double Recent => MeasureRecent().Mean;

    /// <summary>The standard deviation of the last fifty.</summary>
    public double Scatter => MeasureRecent().Deviation;

    /// <summary>By how much the loss differs from batch to batch, at first or now; 0 where steps were large, and leaps are theirs.</summary>
    public double BatchScatter => BeganWithLargeSteps ? 0 : Math.Max(InitialScatter, Scatter);

    /// <summary>By how much the means at the beginning and now may differ by the choice of batches: three standard errors of each.</summary>
    public double Chance => 3 * (InitialScatter / Math.Sqrt(Math.Max(1, _first.Count)) + Scatter / Math.Sqrt(Math.Max(1, _latest.Count)));

    /// <summary>The highest loss that was a number.</summary>
    public double Highest { get; private set; } = double.NegativeInfinity;

    /// <summary>The step of the first loss that was no number, or null.</summary>
    public long? BrokenAt { get; private set; }

    /// <summary>Which share of the loss at the beginning is left, or of a small one if it began below that.</summary>
    public double Left => Recent / Reference;

    public void Add(double loss)
    {
        long step = Steps++;
        if (!double.IsFinite(loss))
        {
            BrokenAt ??= step;
            return;
        }
        if (_first.Count < First)
        {
            _first.Add(loss);
            _beginning = MeanAndDeviation([.. _first]);
        }
        _latest.Enqueue(loss);
        if (_latest.Count > Latest)
            _latest.Dequeue();
        Highest = Math.Max(Highest, loss);
    }

    private (double Mean, double Deviation) MeasureRecent()
    {
        if (_recent.Steps != Steps)
        {
            (double mean, double deviation) = MeanAndDeviation([.. _latest]);
            _recent = (Steps, mean, deviation);
        }
        return (_recent.Mean, _recent.Deviation);
    }

    private static (double Mean, double Deviation) MeanAndDeviation(double[] losses)
    {
        (double sum, double squares) = (0, 0);
        foreach (double loss in losses)
            sum += loss;
        double mean = sum / losses.Length;
        foreach (double loss in losses)
            squares += (loss - mean) * (loss - mean);
        return (mean, Math.Sqrt(squares / losses.Length));
    }
}
