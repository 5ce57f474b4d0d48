namespace ChainRule;

/// <summary>
/// Puts elementwise nodes of one number of elements into groups, and everything else into units of its own, and finds an order.
/// A node's level is one more than that of what it must wait for; inside a group nothing is waited for. A way from one member out of
/// the group and back would raise the level, so groups of one level never depend on each other in a circle.
/// </summary>
internal sealed class Fusion
{
    private const int MostMembers = 64;

    private readonly Graph _graph;
    private readonly GraphLayout _layout;
    private readonly PlanUnit?[] _units;
    private readonly int[] _levels;
    private readonly Dictionary<(int Level, long Count), PlanUnit> _open = [];
    private readonly List<PlanUnit> _all = [];

    /// <summary>Finds the groups.</summary>
    public Fusion(Graph graph, GraphLayout layout)
    {
        (_graph, _layout) = (graph, layout);
        _units = new PlanUnit?[graph.Nodes.Count];
        _levels = new int[graph.Nodes.Count];
        foreach (GraphNode node in graph.Nodes)
            Enter(node);
        Order();
    }

    /// <summary>All units in the order of execution.</summary>
    public IReadOnlyList<PlanUnit> Units => _all;

    /// <summary>The unit that computes a node; null for what is there before, and for views.</summary>
    public PlanUnit? UnitOf(int node) => _units[node];

    /// <summary>Whether a node is computed element by element.</summary>
    public bool IsFusible(GraphNode node) => _units[node.Id] is { IsFused: true };

    private void Enter(GraphNode node)
    {
        bool isComputed = node.Kind is GraphNodeKind.Operation or GraphNodeKind.Guard or GraphNodeKind.Draw;
        if (!isComputed || _layout.Root(node.Id) != node.Id)
        {
            _levels[node.Id] = node.OperandIds.IsEmpty ? -1 : _levels[_layout.Root(node.Id)];
            return;
        }
        bool isFusible = node.Op is { } op && node.Shape.ElementCount > 0 && op.Tile(_layout.Operands(node)) is not null;
        int level = 0;
        foreach (int operand in node.OperandIds)
        {
            int root = _layout.Root(operand);
            bool canJoin = isFusible && _units[root] is { IsFused: true } && _layout.IsFlat(operand) && _layout[root].ElementCount == node.Shape.ElementCount;
            level = Math.Max(level, _levels[root] + (canJoin ? 0 : 1));
        }
        _levels[node.Id] = level;
        PlanUnit unit = isFusible ? Group(level, node.Shape.ElementCount) : Add(isFused: false);
        unit.Members.Add(node.Id);
        _units[node.Id] = unit;
    }

    private PlanUnit Group(int level, long count)
    {
        if (_open.TryGetValue((level, count), out PlanUnit? unit) && unit.Members.Count < MostMembers) return unit;
        return _open[(level, count)] = Add(isFused: true);
    }

    private PlanUnit Add(bool isFused)
    {
        var unit = new PlanUnit(isFused);
        _all.Add(unit);
        return unit;
    }

    // Of all units that could run, the one whose first node was recorded first: close to the order of the function itself.
    private void Order()
    {
        foreach (PlanUnit unit in _all)
        {
            foreach (int member in unit.Members)
            {
                foreach (int operand in _graph.Nodes[member].OperandIds)
                {
                    if (_units[_layout.Root(operand)] is { } source && source != unit && source.Readers.Add(unit))
                        unit.Waiting++;
                }
            }
        }
        var ready = new PriorityQueue<PlanUnit, int>();
        foreach (PlanUnit unit in _all)
        {
            if (unit.Waiting == 0)
                ready.Enqueue(unit, unit.Members[0]);
        }
        int count = _all.Count;
        _all.Clear();
        while (ready.TryDequeue(out PlanUnit? unit, out _))
        {
            unit.Position = _all.Count;
            _all.Add(unit);
            foreach (PlanUnit reader in unit.Readers)
            {
                if (--reader.Waiting == 0)
                    ready.Enqueue(reader, reader.Members[0]);
            }
        }
        if (_all.Count != count)
            throw new CompileException("The groups of a graph wait for each other. This is a fault of the compiler, not of the function: please report it.");
    }
}
