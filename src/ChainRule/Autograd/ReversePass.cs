namespace ChainRule.Autograd;

/// <summary>
/// One walk from results back to what they depend on, newest node first. Creation order is a topological order:
/// operands are older than results. No recursion, so a chain of a million operations is no deeper than one.
/// </summary>
internal sealed class ReversePass
{
    private static long _passes;

    private readonly long _pass = Interlocked.Increment(ref _passes);
    // Room for a small network without growing.
    private readonly List<Node> _nodes = new(16);
    private readonly bool _retainsGraph;

    public ReversePass(bool retainsGraph) => _retainsGraph = retainsGraph;

    /// <summary>Sends a cotangent into a result.</summary>
    public void Seed(Node result, Tensor cotangent)
    {
        Gather(result);
        Accumulate(result, cotangent);
    }

    /// <summary>Walks, and hands the gradient of every leaf or retained result reached to <paramref name="arrive"/>.</summary>
    public void Run(Action<Node, Tensor> arrive)
    {
        SortNewestFirst();
        try
        {
            foreach (Node node in _nodes)
                Visit(node, arrive);
        }
        finally
        {
            foreach (Node node in _nodes)
                node.Cotangent = null;
        }
        if (_retainsGraph) return;
        foreach (Node node in _nodes)
            node.Release();
    }

    /// <summary>Whether a result depends on a leaf that is not among <paramref name="inputs"/>.</summary>
    public static bool ReachesLeafBeside(Node result, Tensor[] inputs)
    {
        var pass = new ReversePass(retainsGraph: true);
        pass.Gather(result);
        return pass._nodes.Exists(node => node.Leaf is { } leaf && !inputs.Contains(leaf));
    }

    private static void Visit(Node node, Action<Node, Tensor> arrive)
    {
        if (node.Cotangent is not { } cotangent) return;
        node.Cotangent = null;
        if (node.Hooks is { } hooks)
        {
            foreach (GradientHook hook in hooks.ToArray())
                cotangent = hook.Pass(cotangent);
        }
        arrive(node, cotangent);
        if (node.Op is not { } op) return;
        for (int i = 0; i < node.OperandCount; i++)
        {
            if (node.Parent(i) is { } parent && op.Vjp(i, node, cotangent) is { } flow)
                Accumulate(parent, flow);
        }
    }

    private void Gather(Node result)
    {
        if (result.Pass == _pass) return;
        int next = _nodes.Count;
        Enter(result);
        // What has been found and not yet looked at is the rest of the list.
        for (; next < _nodes.Count; next++)
        {
            Node node = _nodes[next];
            for (int i = 0; i < node.OperandCount; i++)
            {
                if (node.Parent(i) is { } parent && parent.Pass != _pass)
                    Enter(parent);
            }
        }
    }

    private void Enter(Node node)
    {
        if (node.IsReleased)
            throw new DifferentiationException($"Backward came to the result of {node.Op!.Name} for the second time: its values were freed by the first pass. Pass retainGraph: true to the first Backward, or compute the loss again.");
        node.Pass = _pass;
        _nodes.Add(node);
    }

    private void SortNewestFirst()
    {
        for (int i = 1; i < _nodes.Count; i++)
        {
            if (_nodes[i].Id <= _nodes[i - 1].Id) continue;
            _nodes.Sort(static (a, b) => b.Id.CompareTo(a.Id));
            return;
        }
    }

    private static void Accumulate(Node node, Tensor cotangent) =>
        node.Cotangent = node.Cotangent is { } sum ? sum + cotangent : cotangent;
}
