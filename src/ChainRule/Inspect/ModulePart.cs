namespace ChainRule.Inspect;

/// <summary>One module of a view alone, with the modules inside drawn as one node each.</summary>
internal static class ModulePart
{
    public static GraphView Of(GraphView view, string path)
    {
        var isInside = new bool[view.Nodes.Count];
        var isNeeded = new bool[view.Nodes.Count];
        foreach (GraphViewNode node in view.Nodes)
            isInside[node.Id] = isNeeded[node.Id] = node.Module == path || node.Module.StartsWith(path + ".", StringComparison.Ordinal);
        foreach (GraphViewEdge edge in view.Edges)
            isNeeded[edge.From] |= isInside[edge.To];
        var ids = new int[view.Nodes.Count];
        List<GraphViewNode> nodes = [];
        foreach (GraphViewNode node in view.Nodes)
        {
            if (!isNeeded[node.Id]) continue;
            ids[node.Id] = nodes.Count;
            nodes.Add((isInside[node.Id] ? node : Outside(node)) with { Id = nodes.Count });
        }
        GraphViewEdge[] edges = [.. view.Edges.Where(edge => isInside[edge.To]).Select(edge => edge with { From = ids[edge.From], To = ids[edge.To] })];
        int depth = path.Count(letter => letter == '.') + 2;
        return new GraphView([.. nodes], edges, view.Modules).Collapse(depth);
    }

    // What comes in from elsewhere is an input here.
    private static GraphViewNode Outside(GraphViewNode node) => node.Kind is GraphViewNodeKind.Parameter or GraphViewNodeKind.Constant
        ? node with { IsResult = false }
        : node with { Kind = GraphViewNodeKind.Input, Module = "", IsResult = false, Operation = "from outside", OperationCount = 0 };
}
