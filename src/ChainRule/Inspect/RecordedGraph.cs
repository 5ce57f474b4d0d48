namespace ChainRule.Inspect;

/// <summary>The graph of a compiled function as a view.</summary>
internal static class RecordedGraph
{
    public static GraphView View(Graph graph)
    {
        var draft = new GraphDraft();
        var ids = new int[graph.Nodes.Count];
        foreach (GraphNode node in graph.Nodes)
        {
            int[] operands = [.. node.Operands.Select(operand => ids[operand])];
            ids[node.Id] = node.Kind switch
            {
                GraphNodeKind.Operation => draft.AddOperation(node.Op, operands, node.Spec),
                GraphNodeKind.Draw or GraphNodeKind.View or GraphNodeKind.Guard => draft.AddOperation(null, operands, node.Spec, operation: node.Name),
                GraphNodeKind.Input => draft.AddSource(GraphViewNodeKind.Input, null, node.Spec, null),
                GraphNodeKind.State => draft.AddSource(GraphViewNodeKind.Input, null, node.Spec, null, operation: node.Name),
                GraphNodeKind.Captured => draft.AddSource(GraphViewNodeKind.Parameter, null, node.Spec, node.Tensor, operation: node.Name),
                _ => draft.AddSource(GraphViewNodeKind.Constant, null, node.Spec, node.Tensor),
            };
        }
        foreach (int output in graph.Outputs)
            draft.MarkResult(ids[output]);
        return draft.View(entered: new HashSet<string>());
    }
}
