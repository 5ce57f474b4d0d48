namespace ChainRule.Inspect;

/// <summary>The frame around the nodes of one module, where nothing else lies in it.</summary>
internal sealed record ModuleOutline(string Name, Box Box)
{
    private const double Padding = 9, MorePadding = 6, LabelHeight = 13;

    // More frames in each other would not fit between two layers.
    private const int MostLevels = 3;
    private const int MostComparisons = 4_000_000;

    /// <summary>The outermost first, so that inner ones are drawn over them.</summary>
    public static IEnumerable<ModuleOutline> Of(GraphView view, LayeredLayout layout)
    {
        Dictionary<string, HashSet<int>> members = Members(view);
        if ((long)members.Count * layout.Boxes.Length > MostComparisons) yield break;
        foreach ((string path, HashSet<int> inside) in members.OrderBy(module => Depth(module.Key)))
        {
            // A single box already says where it belongs.
            if (inside.Count < 2) continue;
            Box around = layout.Boxes[inside.First()];
            foreach (int member in inside)
                around = around.Around(layout.Boxes[member]);
            int levels = members.Keys.Where(inner => inner.StartsWith(path + ".", StringComparison.Ordinal)).Select(Depth).DefaultIfEmpty(Depth(path)).Max() - Depth(path);
            if (levels >= MostLevels || (view.Modules.Count > 0 && !view.Modules.ContainsKey(path))) continue;
            Box frame = around.Padded(Padding + MorePadding * levels);
            double labels = LabelHeight * levels + 8;
            frame = frame with { Y = frame.Y - labels, Height = frame.Height + labels };
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
            for (int depth = 1; Collapsing.Prefix(node.Enclosing, depth) is { } path; depth++)
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
