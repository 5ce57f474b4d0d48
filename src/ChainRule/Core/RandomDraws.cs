namespace ChainRule;

/// <summary>
/// The random draws of a computation that will be done again: written down the first time and handed out anew, so that a dropout
/// drops the same elements. Counters of draws ask here instead of counting themselves.
/// </summary>
internal sealed class RandomDraws
{
    [ThreadStatic]
    private static RandomDraws? _current;

    private readonly List<long> _drawn = [];
    private bool _isIdle;
    private RandomDraws? _outer;
    private int? _next;

    /// <summary>The number of a draw: the next of a counter, or the one of the first time.</summary>
    public static long Draw(Func<long> count) => _current is { } current ? current.Next(count) : count();

    /// <summary>Writes the draws inside a scope down.</summary>
    public Scope Record() => Begin(null);

    /// <summary>Hands the draws out again inside a scope, in their order.</summary>
    public Scope Replay() => Begin(0);

    /// <summary>Counts nothing inside a scope: the numbers that are drawn there are never used.</summary>
    public static Scope Idle() => new RandomDraws { _isIdle = true }.Begin(null);

    private Scope Begin(int? next)
    {
        (_outer, _current, _next) = (_current, this, next);
        return new Scope(this);
    }

    private long Next(Func<long> count)
    {
        if (_isIdle) return 0;
        if (_next is { } next && next < _drawn.Count)
        {
            _next = next + 1;
            return _drawn[next];
        }
        // What is recomputed inside a recomputation gets its draws from the outer one.
        long drawn = _outer is null ? count() : _outer.Next(count);
        if (_next is null)
            _drawn.Add(drawn);
        return drawn;
    }

    /// <summary>Ends where the draws stop being written down or handed out.</summary>
    public readonly struct Scope(RandomDraws draws) : IDisposable
    {
        public void Dispose() => (_current, draws._outer) = (draws._outer, null);
    }
}
