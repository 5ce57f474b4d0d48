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
    private readonly bool _retainsGraph, _leavesRows;
    private readonly long _oldest;
    private readonly AnomalyMode? _anomalies = AnomalyMode.Current;
    private HashSet<Node>? _ends;
    private ReverseWitness? _witness;

    /// <summary>Prepares a pass.</summary>
    /// <param name="retainsGraph">Whether recorded values are kept for another pass.</param>
    /// <param name="oldest">Nodes with smaller numbers are left out: they are older than all that is asked for, and cannot depend on it.</param>
    /// <param name="leavesRows">Whether a table may get the gradient of its used rows alone.</param>
    public ReversePass(bool retainsGraph, long oldest = 0, bool leavesRows = false) => (_retainsGraph, _oldest, _leavesRows) = (retainsGraph, oldest, leavesRows);

    /// <summary>The gradients of a result by some of what it was computed from; zeros where it does not depend on it.</summary>
    public static Tensor[] Gradients(Tensor output, Tensor seed, ReadOnlySpan<Tensor> inputs, bool retainGraph, bool createGraph)
    {
        var gradients = new Tensor?[inputs.Length];
        var places = new Dictionary<Node, List<int>>(ReferenceEqualityComparer.Instance);
        long oldest = long.MaxValue;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Record is not Node node) continue;
            oldest = Math.Min(oldest, node.Id);
            if (!places.TryGetValue(node, out List<int>? place))
                places[node] = place = [];
            place.Add(i);
        }
        if (output.Record is Node result)
        {
            new ReversePass(retainGraph, oldest).Run(result, seed, createGraph, (reached, gradient) =>
            {
                if (!places.TryGetValue(reached, out List<int>? place)) return;
                foreach (int i in place)
                    gradients[i] = TensorMemory.HandOut(gradient);
            });
        }
        for (int i = 0; i < gradients.Length; i++)
            gradients[i] ??= Tensor.Zeros(inputs[i].Shape, inputs[i].DType);
        return gradients!;
    }

    /// <summary>The gradients of a result by some of what it was computed from, as if these did not depend on each other: partial derivatives.</summary>
    /// <remarks>Can run inside another pass, which has its own sums on the nodes of the inputs. Leaves the gradients of retained results on them.</remarks>
    public static Tensor[] PartialGradients(Tensor output, Tensor seed, Tensor[] inputs, bool createGraph)
    {
        HashSet<Node> ends = [.. inputs.Select(input => input.Record).OfType<Node>()];
        (Node Node, Tensor? Cotangent)[] sums = [.. ends.Select(end => (end, end.Cotangent))];
        foreach (Node end in ends)
            end.Cotangent = null;
        var gradients = new Dictionary<Node, Tensor>();
        if (output.Record is Node result)
            new ReversePass(retainsGraph: true) { _ends = ends }.Run(result, seed, createGraph, (reached, gradient) =>
            {
                gradients[reached] = gradient;
                if (!ends.Contains(reached) && reached.Retained is { } retained)
                    retained.LeaveGradient(gradient);
            });
        foreach ((Node node, Tensor? cotangent) in sums)
            node.Cotangent = cotangent;
        return Array.ConvertAll(inputs, input => input.Record is Node node && gradients.TryGetValue(node, out Tensor? gradient) ? gradient : Tensor.Zeros(input.Shape, input.DType));
    }

    /// <summary>Sends a cotangent into a result and hands the gradient of every leaf or retained result to <paramref name="arrive"/>.</summary>
    /// <param name="result">Where the walk begins.</param>
    /// <param name="seed">The cotangent.</param>
    /// <param name="createGraph">Record the pass itself.</param>
    /// <param name="arrive">Is told of every node that is reached.</param>
    public void Run(Node result, Tensor seed, bool createGraph, Action<Node, Tensor> arrive)
    {
        bool wasRecording = Interpreter.IsRecording;
        Interpreter.IsRecording = createGraph;
        (_witness, ReverseWitness.Current) = (ReverseWitness.Current, null);
        try
        {
            Seed(result, seed);
            Run(arrive);
        }
        finally
        {
            Interpreter.IsRecording = wasRecording;
            ReverseWitness.Current = _witness;
        }
    }

    private void Seed(Node result, Tensor cotangent)
    {
        Gather(result);
        Accumulate(result, cotangent);
        _witness?.Seeded(result, cotangent);
    }

    private void Run(Action<Node, Tensor> arrive)
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
    public static bool ReachesLeafBeside(Node result, HashSet<Tensor> inputs)
    {
        var pass = new ReversePass(retainsGraph: true);
        pass.Gather(result);
        return pass._nodes.Exists(node => node.Leaf is { } leaf && !inputs.Contains(leaf));
    }

    /// <summary>Whether a result was computed from <paramref name="source"/>. Looks at nothing that is older.</summary>
    public static bool Reaches(Node result, Node source)
    {
        var pass = new ReversePass(retainsGraph: true, oldest: source.Id);
        pass.Gather(result);
        return source.Pass == pass._pass;
    }

    private void Visit(Node node, Action<Node, Tensor> arrive)
    {
        if (node.Cotangent is not { } cotangent) return;
        node.Cotangent = null;
        if (_ends is { } ends && ends.Contains(node))
        {
            arrive(node, cotangent);
            return;
        }
        if (node.Hooks is { } hooks)
        {
            Tensor arrived = cotangent;
            foreach (GradientHook hook in hooks.ToArray())
                cotangent = hook.Pass(cotangent);
            if (!ReferenceEquals(arrived, cotangent))
                _witness?.Hooked(node, cotangent);
        }
        arrive(node, cotangent);
        if (node.Op is not { } op || (_leavesRows && LeavesRows(op, node, cotangent))) return;
        _witness?.Flowing(node, -1, cotangent);
        Tensor?[]? all = _anomalies is null ? op.VjpOfAll(node, cotangent) : null;
        for (int i = 0; i < node.OperandCount; i++)
        {
            if (node.Parent(i) is not { } parent || parent.Id < _oldest || (all is null ? Flow(op, i, node, cotangent) : all[i]) is not { } flow) continue;
            Tensor? before = parent.Cotangent;
            Accumulate(parent, flow);
            _witness?.Flowed(node, i, cotangent, flow, before, parent.Cotangent!);
        }
    }

    // Whoever watches a table sees its whole gradient.
    private bool LeavesRows(Op op, Node node, Tensor cotangent)
    {
        if (op is not TakeOp { IsSparse: true } || _anomalies is not null || _witness is not null || node.Parent(0) is not { Leaf: { } table, Hooks: null }) return false;
        table.LeaveGradient(RowGradient.Of(node.Input(1), cotangent, table.Shape));
        return true;
    }

    private Tensor? Flow(Op op, int operand, Node node, Tensor cotangent)
    {
        _witness?.Flowing(node, operand, cotangent);
        return _anomalies is null ? op.Vjp(operand, node, cotangent) : _anomalies.Flow(node, operand, cotangent);
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
            if (_ends?.Contains(node) == true) continue;
            for (int i = 0; i < node.OperandCount; i++)
            {
                if (node.Parent(i) is { } parent && parent.Pass != _pass && parent.Id >= _oldest)
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

    private void Accumulate(Node node, Tensor cotangent)
    {
        if (node.Cotangent is not { } sum)
            node.Cotangent = cotangent;
        else
            node.Cotangent = _anomalies is null ? sum + cotangent : _anomalies.Sum(node, sum, cotangent);
    }
}
