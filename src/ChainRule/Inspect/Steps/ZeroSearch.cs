namespace ChainRule.Inspect;

/// <summary>Follows a gradient of 0 up to where something that was not 0 was multiplied by 0.</summary>
internal sealed class ZeroSearch(StepRecording recording)
{
    // Found once, so that a long recording is not gone through anew at every node.
    private readonly bool _hasBackward = recording.Events.Any(happened => happened.Kind == StepEventKind.Seed);
    private readonly ILookup<int, StepEvent> _paths = recording.Events.Where(one => one.Kind is StepEventKind.Backward or StepEventKind.Accumulate).ToLookup(one => one.Node);
    private readonly ILookup<int, StepEvent> _forward = recording.Events.Where(one => one.Kind == StepEventKind.Forward).ToLookup(one => one.Node);
    private readonly ILookup<int, StepTensor> _gradients = recording.Tensors.Where(tensor => tensor.Kind == StepTensorKind.Gradient).ToLookup(tensor => tensor.Node);
    private readonly FaultLabel _labels = new(recording);
    private readonly ILookup<int, GraphViewEdge> _readers = recording.Graph.Edges.ToLookup(edge => edge.From);

    public Fault? Run(int node)
    {
        if (!_hasBackward) return Missing(node);
        if (GradientOf(node) is not { } gradient) return Missing(node);
        if (!IsZero(gradient.Id, recording.Count)) return null;
        (StepEvent? killer, StepEvent? cancelling) = Killer(node);
        if ((killer ?? cancelling) is not { } happened) return null;
        string label = killer is null ? "contributions cancel" : _labels.Zero(killer);
        int blamed = happened.Through ?? happened.Node;
        string name = recording.Graph.Nodes[node].Name, formula = recording.Graph.Nodes[blamed].Formula;
        return new(FaultKind.ZeroGradient, label, blamed, happened, $"the gradient of {name} is 0 everywhere, since event {happened.Number}, at {formula}: {label}. {FaultLabel.Cure(label)}");
    }

    // The earliest product that is 0 though what flowed in was not, on any way from the result to the node.
    private (StepEvent? Killer, StepEvent? Cancelling) Killer(int node)
    {
        StepEvent? killer = null, cancelling = null;
        HashSet<int> seen = [node];
        Queue<int> open = new(seen);
        while (open.TryDequeue(out int next))
        {
            foreach (StepEvent path in _paths[next])
            {
                bool isProductZero = IsZero(path.Changes[0], path.Number);
                bool isUpstreamZero = path.Through is { } through && GradientOf(through) is { } upstream && IsZero(upstream.Id, path.Number);
                if (!isProductZero)
                    cancelling ??= path;
                else if (!isUpstreamZero && (killer is null || path.Number < killer.Number))
                    killer = path;
                else if (isUpstreamZero && seen.Add(path.Through!.Value))
                    open.Enqueue(path.Through.Value);
            }
        }
        return (killer, cancelling);
    }

    // Forward through what was computed from the node, as far as no gradient came.
    private Fault? Missing(int node)
    {
        string name = recording.Graph.Nodes[node].Name;
        HashSet<int> seen = [node];
        Queue<int> open = new(seen);
        string label = _readers[node].Any() ? "not part of the loss" : "not used";
        int blamed = node;
        while (open.TryDequeue(out int next))
        {
            foreach (GraphViewEdge edge in _readers[next])
            {
                Op? op = _forward[edge.To].FirstOrDefault()?.Op;
                bool hasGradient = GradientOf(edge.To) is not null;
                string? cut = op switch
                {
                    DetachOp => "detached",
                    { IsDifferentiable: false } => "step function",
                    WhereOp when edge.Operand == 0 => "step function",
                    _ when hasGradient => "no derivative for this operand",
                    _ when recording.Graph.Nodes[edge.To].IsResult => "not tracked",
                    _ => null,
                };
                if (cut is not null)
                    return new(FaultKind.NoGradient, cut, edge.To, null, $"no gradient arrives at {name}: {recording.Graph.Nodes[edge.To].Formula} lets none through: {cut}. {FaultLabel.Cure(cut)}");
                if (seen.Add(edge.To))
                    open.Enqueue(edge.To);
            }
        }
        return new(FaultKind.NoGradient, label, blamed, null, $"no gradient arrives at {name}: {label}. {FaultLabel.Cure(label)}");
    }

    private StepTensor? GradientOf(int node) => _gradients[node].FirstOrDefault();

    private bool IsZero(int tensor, int position) => recording.Version(tensor, position) is { Shown: { NonFiniteCount: 0, Min: 0, Max: 0 } };
}
