namespace ChainRule.Inspect;

/// <summary>Who stands next to whom, for each vertex in one piece of memory.</summary>
internal sealed class Neighbours
{
    private readonly int[] _starts, _ends;

    /// <param name="count">How many vertices there are.</param>
    /// <param name="pairs">Upper and lower ends.</param>
    /// <param name="isDownwards">Whether to list the lower ends for the upper ones, or the reverse.</param>
    public Neighbours(int count, List<(int Upper, int Lower)> pairs, bool isDownwards)
    {
        _starts = new int[count + 1];
        _ends = new int[pairs.Count];
        foreach ((int upper, int lower) in pairs)
            _starts[(isDownwards ? upper : lower) + 1]++;
        for (int i = 0; i < count; i++)
            _starts[i + 1] += _starts[i];
        int[] next = [.. _starts];
        foreach ((int upper, int lower) in pairs)
            _ends[next[isDownwards ? upper : lower]++] = isDownwards ? lower : upper;
    }

    public ReadOnlySpan<int> Of(int vertex) => _ends.AsSpan(_starts[vertex].._starts[vertex + 1]);
}
