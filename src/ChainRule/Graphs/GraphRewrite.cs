namespace ChainRule;

/// <summary>Builds a graph anew, node by node; a node may be replaced by another that has the same bits.</summary>
internal sealed class GraphRewrite
{
    private readonly List<GraphNode> _nodes = [];
    private readonly Graph _graph;
    private readonly int[] _places;

    /// <summary>Starts on a graph.</summary>
    public GraphRewrite(Graph graph)
    {
        _graph = graph;
        _places = new int[graph.Nodes.Count];
    }

    /// <summary>The nodes of the new graph so far.</summary>
    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>Where an old node's value is in the new graph; of an old node that has been kept or replaced.</summary>
    public int PlaceOf(int old) => _places[old];

    /// <summary>The operands of an old node in the new graph.</summary>
    public int[] Operands(GraphNode old)
    {
        var operands = new int[old.OperandIds.Length];
        for (int i = 0; i < operands.Length; i++)
            operands[i] = _places[old.OperandIds[i]];
        return operands;
    }

    /// <summary>Takes an old node over.</summary>
    public void Keep(GraphNode old, int[] operands)
    {
        _places[old.Id] = _nodes.Count;
        _nodes.Add(old.At(_nodes.Count, operands));
    }

    /// <summary>Uses a new node wherever an old one was used.</summary>
    public void Replace(GraphNode old, int place) => _places[old.Id] = place;

    /// <summary>The new graph.</summary>
    public Graph Build() => new(
        [.. _nodes],
        [.. _graph.Outputs.Select(output => _places[output])],
        [.. _graph.Writes.Select(write => write with { Value = _places[write.Value] })],
        _graph.Keys,
        _graph.Conditions,
        _graph.InputCount);
}
