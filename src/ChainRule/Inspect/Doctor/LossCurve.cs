namespace ChainRule.Inspect;

/// <summary>The loss of every step, kept in a few numbers: how it began, its highest, and the latest of them.</summary>
internal sealed class LossCurve
{
    private const int Latest = 50;

    private readonly Queue<double> _latest = new();

    public long Steps { get; private set; }

    /// <summary>The first loss: a mean of several would hold what a first step that is too large makes of it.</summary>
    public double Initial { get; private set; } = double.NaN;

    /// <summary>The mean of the last fifty.</summary>
    public double Recent => _latest.Count == 0 ? double.NaN : _latest.Average();

    /// <summary>The standard deviation of the last fifty.</summary>
    public double Scatter
    {
        get
        {
            double mean = Recent;
            return _latest.Count == 0 ? double.NaN : Math.Sqrt(_latest.Average(loss => (loss - mean) * (loss - mean)));
        }
    }

    /// <summary>The highest loss that was a number.</summary>
    public double Highest { get; private set; } = double.NegativeInfinity;

    /// <summary>The step of the first loss that was no number, or null.</summary>
    public long? BrokenAt { get; private set; }

    /// <summary>Which share of the loss at the beginning is left.</summary>
    public double Left => Recent / Initial;

    public void Add(double loss)
    {
        long step = Steps++;
        if (!double.IsFinite(loss))
        {
            BrokenAt ??= step;
            return;
        }
        if (double.IsNaN(Initial))
            Initial = loss;
        _latest.Enqueue(loss);
        if (_latest.Count > Latest)
            _latest.Dequeue();
        Highest = Math.Max(Highest, loss);
    }
}
