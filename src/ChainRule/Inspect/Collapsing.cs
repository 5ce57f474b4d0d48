using System.Globalization;

namespace ChainRule.Inspect;

/// <summary>Draws the operations of each module at some depth as one node.</summary>
internal static class Collapsing
{
    public static GraphView Run(GraphView view, int depth)
    {
        var groups = new int[view.Nodes.Count];
        Array.Fill(groups, -1);
        List<string> paths = [];
        string? current = null;
        foreach (GraphViewNode node in view.Nodes)
        {
            if (node.IsSource) continue;
            string? path = Prefix(node.Module, depth);
            if (path is not null && path != current)
                paths.Add(path);
            current = path;
            if (path is not null)
                groups[node.Id] = paths.Count - 1;
        }
        return new Merging(view, groups, paths.Count).Run((group, members) => Describe(view, paths[group], members));
    }

    /// <summary>The first parts of a path; null if it has fewer.</summary>
    public static string? Prefix(string path, int depth)
    {
        int end = -1;
        for (int i = 0; i < depth; i++)
        {
            if (end == path.Length || path.Length == 0) return null;
            int dot = path.IndexOf('.', end + 1);
            end = dot < 0 ? path.Length : dot;
        }
        return path[..end];
    }

    private static GraphViewNode Describe(GraphView view, string path, IReadOnlyList<GraphViewNode> members)
    {
        GraphViewNode last = members[^1];
        int operations = members.Sum(member => member.OperationCount);
        long parameters = members.Where(member => member.Kind == GraphViewNodeKind.Parameter).Sum(member => member.Shape.ElementCount);
        string counts = $"{operations.ToString(CultureInfo.InvariantCulture)} {(operations == 1 ? "operation" : "operations")}";
        return last with
        {
            Kind = GraphViewNodeKind.Module,
            Operation = view.Modules.GetValueOrDefault(path, path),
            Formula = parameters == 0 ? counts : $"{counts}, {parameters.ToString("N0", CultureInfo.InvariantCulture)} parameters",
            Module = path,
            OperationCount = operations,
        };
    }
}
