namespace ChainRule.Inspect;

/// <summary>Draws groups of nodes as one node each.</summary>
/// <remarks>
/// A group is a row of operations that follow one another in time, so what lies between two of them lies in the group too and no circle can
/// arise. What comes from outside goes into a group if nothing else reads it.
/// </remarks>
internal sealed class Merging
{
    private readonly GraphView _view;
    private readonly int[] _groups;
    private readonly int[] _last;

    /// <param name="view">What to draw otherwise.</param>
    /// <param name="groups">The group of each node; -1 for none.</param>
    /// <param name="count">How many groups there are.</param>
    public Merging(GraphView view, int[] groups, int count)
    {
        (_view, _groups, _last) = (view, groups, new int[count]);
        for (int i = 0; i < groups.Length; i++)
        {
            if (groups[i] >= 0)
                _last[groups[i]] = i;
        }
        Adopt();
    }

    /// <param name="describe">The node for a group, given its members; its number and its results are filled in.</param>
    public GraphView Run(Func<int, IReadOnlyList<GraphViewNode>, GraphViewNode> describe)
    {
        var members = new List<GraphViewNode>[_last.Length];
        var ids = new int[_groups.Length];
        List<GraphViewNode> nodes = [];
        foreach (GraphViewNode node in _view.Nodes)
        {
            int group = _groups[node.Id];
            if (group < 0)
            {
                ids[node.Id] = nodes.Count;
                nodes.Add(node with { Id = nodes.Count });
                continue;
            }
            (members[group] ??= []).Add(node);
            if (node.Id != _last[group]) continue;
            foreach (GraphViewNode member in members[group])
                ids[member.Id] = nodes.Count;
            nodes.Add(describe(group, members[group]) with { Id = nodes.Count, IsResult = members[group].Exists(member => member.IsResult) });
        }
        return new GraphView([.. nodes], Edges(ids), _view.Modules);
    }

    private void Adopt()
    {
        var readers = new int[_groups.Length];
        Array.Fill(readers, -2);
        foreach (GraphViewEdge edge in _view.Edges)
        {
            int reader = _groups[edge.To];
            readers[edge.From] = readers[edge.From] == -2 || readers[edge.From] == reader ? reader : -1;
        }
        foreach (GraphViewNode node in _view.Nodes)
        {
            // A tensor that is neither a parameter nor one number is data, and data are to be seen.
            bool isPart = node.Kind == GraphViewNodeKind.Parameter || (node.Kind == GraphViewNodeKind.Constant && node.Value is { NonFiniteCount: 0 } value && value.Min == value.Max);
            if (isPart && !node.IsResult)
                _groups[node.Id] = Math.Max(readers[node.Id], -1);
        }
    }

    private GraphViewEdge[] Edges(int[] ids)
    {
        List<GraphViewEdge> edges = [];
        var seen = new HashSet<(int, int)>();
        var counts = new Dictionary<int, int>();
        foreach (GraphViewEdge edge in _view.Edges)
        {
            (int from, int to) = (ids[edge.From], ids[edge.To]);
            bool isMerged = _groups[edge.From] >= 0 || _groups[edge.To] >= 0;
            if (from == to || (isMerged && !seen.Add((from, to)))) continue;
            int operand = _groups[edge.To] < 0 ? edge.Operand : counts[to] = counts.GetValueOrDefault(to, -1) + 1;
            // A merged node shows the value of its last member.
            bool isSameWay = _groups[edge.To] < 0 && (_groups[edge.From] < 0 || _last[_groups[edge.From]] == edge.From);
            edges.Add(edge with { From = from, To = to, Operand = operand, LocalDerivative = isSameWay ? edge.LocalDerivative : null });
        }
        // A merged node is read where its last member stood.
        return [.. edges.OrderBy(edge => edge.To)];
    }
}
