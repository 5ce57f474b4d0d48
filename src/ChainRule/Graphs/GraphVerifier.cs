namespace ChainRule;

/// <summary>Checks what every graph must hold, after recording and after each rewrite.</summary>
internal static class GraphVerifier
{
    /// <summary>Throws if a graph is not sound, naming the node.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">What made it.</param>
    public static void Check(Graph graph, string stage)
    {
        for (int id = 0; id < graph.Nodes.Count; id++)
        {
            GraphNode node = graph.Nodes[id];
            Require(node.Id == id, node, stage, "its number is not its place");
            Require(node.Kind == GraphNodeKind.Input == id < graph.InputCount, node, stage, "the inputs are not the first nodes");
            foreach (int operand in node.OperandIds)
            {
                Require((uint)operand < (uint)id, node, stage, $"operand %{operand} does not come before it");
                Require(graph.Nodes[operand].Kind != GraphNodeKind.Guard, node, stage, $"operand %{operand} is a check, not a value");
            }
            CheckKind(node, stage);
            if (node.Op is { } op && op is not CustomOp)
                Require(op.Infer(Operands(graph, node)) == node.Spec, node, stage, "its shape or type is not that of the operation");
        }
        foreach (int root in graph.Roots())
            Require((uint)root < (uint)graph.Nodes.Count, graph.Nodes[0], stage, $"the result %{root} does not exist");
    }

    private static void CheckKind(GraphNode node, string stage)
    {
        int operands = node.OperandIds.Length;
        bool isComplete = node.Kind switch
        {
            GraphNodeKind.Input => operands == 0,
            GraphNodeKind.State => operands == 0 && node.State is not null,
            GraphNodeKind.Captured or GraphNodeKind.Constant => operands == 0 && node.Tensor is { } tensor && tensor.Spec == node.Spec,
            GraphNodeKind.Draw => operands == 0 && node is { Key: not null, Fill: not null },
            GraphNodeKind.View => operands == 1 && node.Tensor is not null,
            GraphNodeKind.Guard => operands == 1 && node.IsAsBefore is not null,
            _ => operands > 0 && node.Op is not null,
        };
        Require(isComplete, node, stage, $"a node of kind {node.Kind} lacks a part");
    }

    // Tensors that have a shape and a type, but no numbers.
    private static Operands Operands(Graph graph, GraphNode node)
    {
        var all = new Tensor[node.OperandIds.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = PlannedMemory.Window(graph.Nodes[node.OperandIds[i]].Spec);
        return ChainRule.Operands.Of(all);
    }

    private static void Require(bool holds, GraphNode node, string stage, string fault)
    {
        if (!holds)
            throw new CompileException($"After {stage} the graph is not sound: at %{node.Id}, {node.Name}{node.Shape}, {fault}. This is a fault of the compiler, not of the function: please report it.");
    }
}
