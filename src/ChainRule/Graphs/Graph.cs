namespace ChainRule;

/// <summary>A recorded function: nodes in an order in which operands come before their users. Immutable.</summary>
public sealed class Graph
{
    private readonly GraphNode[] _nodes;
    private readonly int[] _outputs;

    internal Graph(GraphNode[] nodes, int[] outputs, StateWrite[] writes, KeySlot[] keys, Func<bool>[] conditions, int inputCount)
    {
        (_nodes, _outputs, Writes, Keys, Conditions, InputCount) = (nodes, outputs, writes, keys, conditions, inputCount);
    }

    /// <summary>The nodes; the inputs come first.</summary>
    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>The nodes that are the function's results.</summary>
    public IReadOnlyList<int> Outputs => _outputs;

    /// <summary>How many of the first nodes are arguments.</summary>
    public int InputCount { get; }

    /// <summary>What the function gives to others to keep.</summary>
    internal StateWrite[] Writes { get; }

    /// <summary>The random keys, in the order in which they are drawn, also those that nothing uses.</summary>
    internal KeySlot[] Keys { get; }

    /// <summary>What has to be so for a replay to be right: the modes of layers.</summary>
    internal Func<bool>[] Conditions { get; }

    /// <summary>The nodes that nothing may remove: results, states and checks.</summary>
    internal IEnumerable<int> Roots()
    {
        foreach (int output in _outputs)
            yield return output;
        foreach (StateWrite write in Writes)
            yield return write.Value;
        foreach (GraphNode node in _nodes)
        {
            if (node.Kind == GraphNodeKind.Guard)
                yield return node.Id;
        }
    }

    /// <summary>One line for each node: number, type and shape, what it is, and which nodes read it.</summary>
    public override string ToString()
    {
        var uses = new List<string>?[_nodes.Length];
        foreach (GraphNode node in _nodes)
        {
            foreach (int operand in node.OperandIds)
                (uses[operand] ??= []).Add($"%{node.Id}");
        }
        for (int i = 0; i < _outputs.Length; i++)
            (uses[_outputs[i]] ??= []).Add(_outputs.Length == 1 ? "the result" : $"result {i}");
        foreach (StateWrite write in Writes)
            (uses[write.Value] ??= []).Add("a state");
        return string.Join('\n', _nodes.Select(node => Line(node, uses[node.Id])));
    }

    private static string Line(GraphNode node, List<string>? uses)
    {
        string call = node.OperandIds.IsEmpty ? node.Name : $"{node.Name}({string.Join(", ", node.Operands.Select(operand => $"%{operand}"))})";
        string readers = uses is null ? "" : $"-> {string.Join(", ", uses.Distinct())}";
        return $"%{node.Id,-4} {node.DType.Lower() + node.Shape,-20} {call,-32} {readers}".TrimEnd();
    }
}
