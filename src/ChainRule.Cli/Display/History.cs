namespace ChainRule.Cli.Display;

/// <summary>Losses of a run of any length in little room: the last ones as they are, and all as means of stretches that grow as the run does.</summary>
internal sealed class History
{
    private const int Kept = 200, StretchesAtMost = 400;

    private readonly Queue<double> _recent = new(Kept);
    private readonly List<double> _means = new(StretchesAtMost);
    private long _stretch = 1, _inStretch;
    private double _sum;

    public IReadOnlyList<double> Recent => [.. _recent];

    public IReadOnlyList<double> All => _inStretch == 0 ? [.. _means] : [.. _means, _sum / _inStretch];

    public void Add(double loss)
    {
        if (_recent.Count == Kept)
            _recent.Dequeue();
        _recent.Enqueue(loss);
        _sum += loss;
        if (++_inStretch < _stretch) return;
        _means.Add(_sum / _inStretch);
        (_sum, _inStretch) = (0, 0);
        if (_means.Count == StretchesAtMost)
            Halve();
    }

    private void Halve()
    {
        for (int i = 0; i < _means.Count / 2; i++)
            _means[i] = (_means[2 * i] + _means[2 * i + 1]) / 2;
        _means.RemoveRange(_means.Count / 2, _means.Count - _means.Count / 2);
        _stretch *= 2;
    }
}
