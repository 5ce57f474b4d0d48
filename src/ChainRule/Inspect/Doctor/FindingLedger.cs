namespace ChainRule.Inspect;

/// <summary>Keeps since when each finding holds, and tells a new one once it has been seen twice in a row.</summary>
internal sealed class FindingLedger(Action<Finding>? onFinding)
{
    private readonly Dictionary<(FindingKind, string), (long Since, int Times, bool IsTold)> _seen = [];

    /// <summary>What holds now and has been told.</summary>
    public IReadOnlyList<Finding> Current { get; private set; } = [];

    public void Update(long step, IReadOnlyList<(Finding Finding, bool IsCertain)> candidates)
    {
        if (candidates.Count == 0 && _seen.Count == 0) return;
        var held = new HashSet<(FindingKind, string)>();
        var current = new List<Finding>();
        var told = new List<Finding>();
        foreach ((Finding finding, bool isCertain) in candidates)
        {
            (FindingKind, string) key = (finding.Kind, finding.Layer);
            if (!held.Add(key)) continue;
            (long since, int times, bool isTold) = _seen.GetValueOrDefault(key, (step, 0, false));
            bool counts = isCertain || times >= 1;
            _seen[key] = (since, times + 1, isTold || counts);
            if (!counts) continue;
            current.Add(finding with { SinceStep = since });
            if (!isTold)
                told.Add(current[^1]);
        }
        foreach ((FindingKind, string) gone in _seen.Keys.Where(key => !held.Contains(key)).ToArray())
            _seen.Remove(gone);
        Current = [.. current.OrderBy(finding => finding.Kind).ThenByDescending(finding => finding.Severity)];
        foreach (Finding finding in told)
            onFinding?.Invoke(finding);
    }
}
