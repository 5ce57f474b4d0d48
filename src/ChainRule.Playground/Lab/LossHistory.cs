namespace ChainRule.Playground.Lab;

/// <summary>The losses of a run in at most some hundred spans of steps, each with its least, mean and largest; no extreme is ever lost.</summary>
public sealed class LossHistory
{
    private const int Most = 240;
    private readonly List<Span> _spans = [];

    /// <summary>Steps in each span but the last.</summary>
    public long Width { get; private set; } = 1;

    public IReadOnlyList<Span> Spans => _spans;

    public void Add(double loss)
    {
        if (_spans.Count == 0 || _spans[^1].Count == Width)
        {
            if (_spans.Count == Most)
                Halve();
            _spans.Add(new(0, 0, double.PositiveInfinity, double.NegativeInfinity, double.NaN));
        }
        Span last = _spans[^1];
        _spans[^1] = last with { Count = last.Count + 1, Sum = last.Sum + loss, Least = Math.Min(last.Least, loss), Most = Math.Max(last.Most, loss) };
    }

    /// <summary>Notes the loss on the test points at the latest span.</summary>
    public void AddTest(double loss)
    {
        if (_spans.Count > 0)
            _spans[^1] = _spans[^1] with { Test = loss };
    }

    /// <summary>Forgets what came after so many steps, as far as the spans go.</summary>
    public void Truncate(long steps)
    {
        int kept = (int)Math.Min(_spans.Count, steps / Width);
        _spans.RemoveRange(kept, _spans.Count - kept);
        // A span that was cut is filled with what is known of it, so that later ones keep their places.
        if (steps % Width is var rest && rest > 0 && kept > 0)
            _spans.Add(_spans[kept - 1] with { Count = rest, Sum = _spans[kept - 1].Mean * rest });
    }

    private void Halve()
    {
        for (int i = 0; i < Most / 2; i++)
        {
            Span left = _spans[2 * i], right = _spans[2 * i + 1];
            _spans[i] = new(left.Count + right.Count, left.Sum + right.Sum, Math.Min(left.Least, right.Least), Math.Max(left.Most, right.Most), double.IsNaN(right.Test) ? left.Test : right.Test);
        }
        _spans.RemoveRange(Most / 2, Most / 2);
        Width *= 2;
    }

    /// <summary>The losses of some steps in a row.</summary>
    public readonly record struct Span(long Count, double Sum, double Least, double Most, double Test)
    {
        public double Mean => Sum / Count;
    }
}
