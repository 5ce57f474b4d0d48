namespace ChainRule.Inspect;

/// <summary>The modules that are open while nodes are written one after the other.</summary>
internal sealed class ModuleStack
{
    private readonly Stack<string> _open = new();

    /// <summary>How many have been opened so far: a number for each, also where one is opened again.</summary>
    public int Count { get; private set; }

    /// <summary>Closes what the next node is not in, and opens what it is in.</summary>
    public void Enter(string path, Action<string> open, Action close)
    {
        while (_open.TryPeek(out string? inner) && path != inner && !path.StartsWith(inner + ".", StringComparison.Ordinal))
        {
            _open.Pop();
            close();
        }
        while (Collapsing.Prefix(path, _open.Count + 1) is { } next)
        {
            _open.Push(next);
            Count++;
            open(next);
        }
    }
}
