namespace ChainRule.Inspect;

/// <summary>Why is it NaN, infinite, or 0? Walks a recording back to the first operation that made it so.</summary>
public static class WhyNot
{
    /// <summary>The first cause of a NaN or an infinity in the loss, in a gradient or in an updated parameter; null if all are finite.</summary>
    public static Fault? NonFinite(StepRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return new NonFiniteSearch(recording).Run();
    }

    /// <summary>What killed the gradient of a node; null if it is not 0.</summary>
    /// <param name="recording">With a backward pass in it.</param>
    /// <param name="node">A node of its graph.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such node.</exception>
    public static Fault? Zero(StepRecording recording, int node)
    {
        ArgumentNullException.ThrowIfNull(recording);
        Bounds.Place(node, recording.Graph.Nodes.Count, nameof(Zero), nameof(node));
        return new ZeroSearch(recording).Run(node);
    }

    /// <summary>All that is wrong: what is not finite first, then each parameter whose gradient is 0 or missing.</summary>
    public static IReadOnlyList<Fault> Find(StepRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        List<Fault> found = [];
        if (NonFinite(recording) is { } first)
            found.Add(first);
        var search = new ZeroSearch(recording);
        foreach (GraphViewNode parameter in recording.Graph.Nodes.Where(node => node.Kind == GraphViewNodeKind.Parameter))
        {
            if (search.Run(parameter.Id) is { } fault)
                found.Add(fault);
        }
        return found;
    }
}
