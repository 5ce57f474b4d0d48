namespace ChainRule;

/// <summary>The tensors of a graph's nodes: which have memory of their own, and which only look at that of another.</summary>
internal sealed class GraphLayout
{
    private readonly Graph _graph;
    private readonly Tensor?[] _tensors;
    private readonly int[] _roots;

    /// <summary>Makes a tensor for every node.</summary>
    public GraphLayout(Graph graph, PlannedMemory memory)
    {
        _graph = graph;
        _tensors = new Tensor?[graph.Nodes.Count];
        _roots = new int[graph.Nodes.Count];
        foreach (GraphNode node in graph.Nodes)
        {
            _roots[node.Id] = node.Id;
            _tensors[node.Id] = node.Kind switch
            {
                GraphNodeKind.Guard => null,
                GraphNodeKind.Captured or GraphNodeKind.Constant => Pinned(node.Tensor!, memory),
                GraphNodeKind.View => Viewed(node),
                GraphNodeKind.Operation => Result(node),
                _ => PlannedMemory.Window(node.Spec),
            };
        }
    }

    /// <summary>The tensor of a node.</summary>
    public Tensor this[int node] => _tensors[node]!;

    /// <summary>The node whose memory a node looks at: itself, unless it is a view.</summary>
    public int Root(int node) => _roots[node];

    /// <summary>Whether a node has the elements of its root in the same order: it can be read in its place.</summary>
    public bool IsFlat(int node)
    {
        if (_roots[node] == node) return true;
        Tensor own = this[node], root = this[_roots[node]];
        return own.IsContiguous && root.IsContiguous && own.Offset == root.Offset && own.ElementCount == root.ElementCount && own.DType == root.DType;
    }

    /// <summary>The operands of a node.</summary>
    public Operands Operands(GraphNode node)
    {
        var all = new Tensor[node.OperandIds.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = this[node.OperandIds[i]];
        return ChainRule.Operands.Of(all);
    }

    private static Tensor Pinned(Tensor x, PlannedMemory memory)
    {
        memory.Pin(x);
        return x;
    }

    private Tensor Viewed(GraphNode node)
    {
        int owner = node.OperandIds[0];
        Tensor layout = node.Tensor!, memory = this[owner];
        _roots[node.Id] = _roots[owner];
        return memory.View(layout.Shape, layout.Strides, memory.Offset + layout.Offset);
    }

    private Tensor Result(GraphNode node)
    {
        int first = node.OperandIds[0];
        if (node.Op!.TryView(this[first], node.Shape) is not { } view)
            return PlannedMemory.Window(node.Spec);
        _roots[node.Id] = _roots[first];
        return view;
    }
}
