namespace ChainRule;

/// <summary>Makes a plan of a graph: what is computed together, in which order, and where every value lies.</summary>
internal sealed class Planner
{
    private readonly Graph _graph;
    private readonly PlannedMemory _memory = new();
    private readonly GraphLayout _layout;
    private readonly Fusion _fusion;
    private readonly bool[] _isInMemory;
    private readonly bool[] _isInArena;
    private readonly int[] _lastUse;
    private readonly List<PlannedKernel> _kernels = [];
    private readonly Dictionary<int, List<PlannedKernel>> _readers = [];
    private readonly HashSet<int> _direct = [];

    private Planner(Graph graph)
    {
        _graph = graph;
        _layout = new GraphLayout(graph, _memory);
        _fusion = new Fusion(graph, _layout);
        _isInMemory = new bool[graph.Nodes.Count];
        _isInArena = new bool[graph.Nodes.Count];
        _lastUse = new int[graph.Nodes.Count];
    }

    /// <summary>The plan of a graph.</summary>
    public static Plan Make(Graph graph) => new Planner(graph).Make();

    private Plan Make()
    {
        FindUses();
        foreach (PlanUnit unit in _fusion.Units)
            _kernels.Add(unit.IsFused ? Fused(unit) : Single(_graph.Nodes[unit.Members[0]]));
        ResultSlot[] results = [.. _graph.Outputs.Select(output => Result(output))];
        ResultSlot[] writes = [.. _graph.Writes.Select(write => Result(write.Value))];
        (long size, long sum) = Place();
        InputSlot[] inputs = [.. Enumerable.Range(0, _graph.InputCount).Select(Input)];
        (IRecordedState State, InputSlot Slot)[] states = [.. from node in _graph.Nodes where node.Kind == GraphNodeKind.State select (node.State!, Input(node.Id))];
        return new Plan
        {
            Graph = _graph,
            Memory = _memory,
            Layout = _layout,
            Kernels = [.. _kernels],
            Inputs = inputs,
            States = states,
            Results = results,
            Writes = [.. _graph.Writes.Zip(writes, (write, slot) => (write.State, slot))],
            ArenaBytes = size,
            ResultBytes = sum,
            IsInMemory = _isInMemory,
        };
    }

    private void FindUses()
    {
        foreach (PlanUnit unit in _fusion.Units)
        {
            foreach (int member in unit.Members)
            {
                _isInMemory[member] |= !unit.IsFused;
                foreach (int operand in _graph.Nodes[member].OperandIds)
                {
                    int root = _layout.Root(operand);
                    _isInMemory[root] |= _fusion.UnitOf(root) != unit;
                    _lastUse[root] = Math.Max(_lastUse[root], unit.Position);
                }
            }
        }
        foreach (int value in _graph.Outputs.Concat(_graph.Writes.Select(write => write.Value)))
        {
            _isInMemory[_layout.Root(value)] = true;
            _lastUse[_layout.Root(value)] = int.MaxValue;
        }
    }

    private GroupKernel Fused(PlanUnit unit)
    {
        var group = new ElementwiseGroup(_graph.Nodes[unit.Members[0]].Shape.ElementCount);
        var numbers = new Dictionary<int, int>();
        foreach (int member in unit.Members)
        {
            GraphNode node = _graph.Nodes[member];
            var operands = new int[node.OperandIds.Length];
            for (int i = 0; i < operands.Length; i++)
                operands[i] = Number(group, numbers, node.OperandIds[i]);
            Operands tensors = _layout.Operands(node);
            numbers[member] = group.Add(node.Op!.Tile(tensors)!, operands, node.DType, _isInMemory[member] ? _layout[member] : null);
        }
        var kernel = new GroupKernel([.. unit.Members], group);
        foreach (int member in unit.Members)
        {
            Remember(member, kernel);
            foreach (int operand in _graph.Nodes[member].OperandIds)
                Remember(_layout.Root(operand), kernel);
        }
        return kernel;
    }

    private int Number(ElementwiseGroup group, Dictionary<int, int> numbers, int operand)
    {
        int root = _layout.Root(operand), key = _layout.IsFlat(operand) ? root : operand;
        if (numbers.TryGetValue(key, out int number)) return number;
        return numbers[key] = group.Read(_layout[key], _graph.Nodes[root].Kind == GraphNodeKind.Constant);
    }

    private void Remember(int root, PlannedKernel kernel)
    {
        if (!_readers.TryGetValue(root, out List<PlannedKernel>? kernels))
            _readers[root] = kernels = [];
        if (kernels.Count == 0 || kernels[^1] != kernel)
            kernels.Add(kernel);
    }

    private PlannedKernel Single(GraphNode node) => node.Kind switch
    {
        GraphNodeKind.Guard => new GuardKernel(node.Id, node.IsAsBefore!, _layout[node.OperandIds[0]]),
        GraphNodeKind.Draw => new DrawKernel(node.Id, node.Key!, node.Fill!, _layout[node.Id]),
        _ => new OperationKernel(node.Id, node.Op!, _layout.Operands(node), _layout[node.Id]),
    };

    private ResultSlot Result(int value)
    {
        // A result of its own kernel is written straight to where it is wanted; a second one of the same memory is copied.
        bool isDirect = _layout.Root(value) == value && _fusion.UnitOf(value) is not null && _direct.Add(value);
        return new ResultSlot(_layout[value], isDirect, Readers(value));
    }

    private InputSlot Input(int node) => new(_layout[node], Readers(node));

    private PlannedKernel[] Readers(int node) => _readers.TryGetValue(node, out List<PlannedKernel>? kernels) ? [.. kernels] : [];

    /// <summary>Gives every value that lives inside its place, by the order of the kernels.</summary>
    private (long Size, long Sum) Place()
    {
        var arena = new ArenaLayout();
        var offsets = new Dictionary<int, long>();
        var endsAt = new List<int>?[_kernels.Count];
        long sum = 0;
        foreach (PlanUnit unit in _fusion.Units)
        {
            foreach (int member in unit.Members)
            {
                if (_graph.Nodes[member].Kind == GraphNodeKind.Guard) continue;
                sum += BytesOf(member);
                if (!_isInMemory[member] || _direct.Contains(member)) continue;
                int dying = unit.IsFused ? DyingOperand(unit, member) : -1;
                offsets[member] = dying < 0 ? arena.Take(BytesOf(member)) : offsets[dying];
                _isInArena[member] = true;
                if (dying >= 0)
                {
                    _isInArena[dying] = false;
                    endsAt[unit.Position]!.Remove(dying);
                }
                if (_lastUse[member] < _kernels.Count)
                    (endsAt[Math.Max(_lastUse[member], unit.Position)] ??= []).Add(member);
            }
            foreach (int ended in endsAt[unit.Position] ?? [])
            {
                arena.Free(offsets[ended], BytesOf(ended));
                _isInArena[ended] = false;
            }
        }
        _memory.Allocate(arena.Size);
        foreach ((int node, long offset) in offsets)
            _memory.Place(_layout[node], offset);
        return (arena.Size, sum);
    }

    /// <summary>A value that nothing reads after this member of its group, so that the result can lie where it lay; -1 for none.</summary>
    /// <remarks>It must be read in its place and by no later member: elements of other places are still to be read when this one is written.</remarks>
    private int DyingOperand(PlanUnit unit, int member)
    {
        foreach (int operand in _graph.Nodes[member].OperandIds)
        {
            int root = _layout.Root(operand);
            if (_lastUse[root] == unit.Position && _isInArena[root] && BytesOf(root) == BytesOf(member)
                && _graph.Nodes[root].DType.Size() == _graph.Nodes[member].DType.Size() && IsReadInPlace(unit, root, member))
                return root;
        }
        return -1;
    }

    private bool IsReadInPlace(PlanUnit unit, int root, int last)
    {
        if (_fusion.UnitOf(root) == unit) return false;
        foreach (int member in unit.Members)
        {
            foreach (int operand in _graph.Nodes[member].OperandIds)
            {
                if (_layout.Root(operand) == root && (member > last || !_layout.IsFlat(operand))) return false;
            }
        }
        return true;
    }

    private long BytesOf(int node) => _graph.Nodes[node].Shape.ElementCount * _graph.Nodes[node].DType.Size();
}
