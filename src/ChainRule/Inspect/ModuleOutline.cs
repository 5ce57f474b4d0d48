namespace ChainRule.Inspect;

/// <summary>The frame around the nodes of one module, where nothing else lies in it.</summary>
internal sealed record ModuleOutline(string Name, Box Box)
{
    private const double Padding = 9, MorePadding = 7;
    private const int MostComparisons = 4_000_000;

    /// <summary>The outermost first, so that inner ones are drawn over them.</summary>
    public static IEnumerable<ModuleOutline> Of(GraphView view, LayeredLayout layout)
    {
        Dictionary<string, HashSet<int>> members = Members(view);
        if ((long)members.Count * layout.Boxes.Length > MostComparisons) yield break;
        int deepest = members.Count == 0 ? 0 : members.Keys.Max(Depth);
        foreach ((string path, HashSet<int> inside) in members.OrderBy(module => Depth(module.Key)))
        {
            // A single box already says where it belongs.
            if (inside.Count < 2) continue;
            Box around = layout.Boxes[inside.First()];
            foreach (int member in inside)
                around = around.Around(layout.Boxes[member]);
            Box frame = around.Padded(Padding + MorePadding * (deepest - Depth(path)));
            frame = frame with { Y = frame.Y - 8, Height = frame.Height + 8 };
            bool isFree = !Enumerable.Range(0, layout.Boxes.Length).Any(node => !inside.Contains(node) && frame.Overlaps(layout.Boxes[node]));
            if (isFree)
                yield return new(view.Modules.TryGetValue(path, out string? what) ? $"{path}: {what}" : path, frame);
        }
    }

    private static Dictionary<string, HashSet<int>> Members(GraphView view)
    {
        Dictionary<string, HashSet<int>> members = new(StringComparer.Ordinal);
        foreach (GraphViewNode node in view.Nodes)
        {
            if (node.Kind == GraphViewNodeKind.Module) continue;
            for (int depth = 1; Collapsing.Prefix(node.Module, depth) is { } path; depth++)
            {
                if (!members.TryGetValue(path, out HashSet<int>? inside))
                    members[path] = inside = [];
                inside.Add(node.Id);
            }
        }
        return members;
    }

    private static int Depth(string path) => path.Count(letter => letter == '.') + 1;
}
