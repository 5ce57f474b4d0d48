namespace ChainRule;

/// <summary>The rewrites of a graph, each of which keeps every bit of every result.</summary>
internal static class Rewrites
{
    /// <summary>All of them, in the order in which they are applied.</summary>
    public static readonly (string Name, Func<Graph, Graph> Apply)[] All =
    [
        ("removing what nothing reads", WithoutDead),
        ("passing copies by", WithoutCopies),
        ("dropping neutral operands", WithoutNeutral),
        ("joining equal nodes", WithoutTwins),
        ("removing what is no longer read", WithoutDead),
    ];

    /// <summary>A graph after all rewrites, checked after each.</summary>
    public static Graph Apply(Graph graph)
    {
        GraphVerifier.Check(graph, "recording");
        foreach ((string name, Func<Graph, Graph> apply) in All)
        {
            graph = apply(graph);
            GraphVerifier.Check(graph, name);
        }
        return graph;
    }

    // Marked from the results backwards: operands come first, so that one walk is enough.
    private static Graph WithoutDead(Graph graph)
    {
        var isAlive = new bool[graph.Nodes.Count];
        foreach (int root in graph.Roots())
            isAlive[root] = true;
        for (int id = graph.Nodes.Count - 1; id >= 0; id--)
        {
            isAlive[id] |= id < graph.InputCount;
            if (!isAlive[id]) continue;
            foreach (int operand in graph.Nodes[id].OperandIds)
                isAlive[operand] = true;
        }
        var rewrite = new GraphRewrite(graph);
        foreach (GraphNode node in graph.Nodes)
        {
            if (isAlive[node.Id])
                rewrite.Keep(node, rewrite.Operands(node));
        }
        return rewrite.Build();
    }

    // Nothing is changed in place inside of a graph: what is copied can be read where it is.
    private static Graph WithoutCopies(Graph graph)
    {
        // A view counts on the layout of its owner.
        HashSet<int> owners = [.. graph.Nodes.Where(node => node.Kind == GraphNodeKind.View).Select(node => node.OperandIds[0])];
        return Replacing(graph, (node, operands, _) => node.Op is CopyOp or IdentityOp or DetachOp && !owners.Contains(node.Id) ? operands[0] : null);
    }

    // x·1, x/1 and the chain rule's 1·x are x to the bit; x + 0 is not where x is -0.
    private static Graph WithoutNeutral(Graph graph) => Replacing(graph, (node, operands, nodes) => node.Op switch
    {
        MultiplyOp or DivideOp when IsOne(nodes[operands[1]]) => operands[0],
        MultiplyOp or ChainOp when IsOne(nodes[operands[0]]) => operands[1],
        _ => null,
    });

    // The first of all nodes with one operation and the same operands stands for all.
    private static Graph WithoutTwins(Graph graph)
    {
        var known = new Dictionary<Twin, int>();
        var constants = new Dictionary<(object Memory, Shape Shape), int>();
        return Replacing(graph, (node, operands, nodes) =>
        {
            if (node is { Kind: GraphNodeKind.Constant, Tensor: { } tensor } && PlannedMemory.IsRepeated(tensor))
            {
                if (constants.TryGetValue((tensor.MemoryOwner, tensor.Shape), out int constant)) return constant;
                constants[(tensor.MemoryOwner, tensor.Shape)] = nodes.Count;
            }
            if (node.Op is null or CustomOp) return null;
            var twin = new Twin(node.Op, operands);
            if (known.TryGetValue(twin, out int place)) return place;
            known[twin] = nodes.Count;
            return null;
        });
    }

    private static Graph Replacing(Graph graph, Func<GraphNode, int[], IReadOnlyList<GraphNode>, int?> replacement)
    {
        var rewrite = new GraphRewrite(graph);
        foreach (GraphNode node in graph.Nodes)
        {
            int[] operands = rewrite.Operands(node);
            if (replacement(node, operands, rewrite.Nodes) is { } place)
                rewrite.Replace(node, place);
            else
                rewrite.Keep(node, operands);
        }
        return rewrite.Build();
    }

    private static bool IsOne(GraphNode node) =>
        node is { Kind: GraphNodeKind.Constant, Tensor: { } tensor } && PlannedMemory.IsEverywhere(tensor, 1);

    /// <summary>An operation on certain nodes.</summary>
    private readonly record struct Twin(Op Op, int[] Operands)
    {
        public bool Equals(Twin other) => Op == other.Op && Operands.AsSpan().SequenceEqual(other.Operands);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(Op);
            foreach (int operand in Operands)
                hash.Add(operand);
            return hash.ToHashCode();
        }
    }
}
