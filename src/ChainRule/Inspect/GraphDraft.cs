using System.Globalization;

namespace ChainRule.Inspect;

/// <summary>A view while it is being made.</summary>
internal sealed class GraphDraft
{
    private readonly List<GraphViewNode> _nodes = [];
    private readonly List<GraphViewEdge> _edges = [];

    // The module whose parameters are all that a node was made of; null for other nodes.
    private readonly List<string?> _origins = [];
    private readonly Dictionary<GraphViewNodeKind, int> _unnamed = [];
    private readonly Dictionary<Op, string> _parameters = new(ReferenceEqualityComparer.Instance);
    private int _operations;

    /// <summary>What is known of modules, by path.</summary>
    public Dictionary<string, string> Modules { get; } = [];

    public GraphViewNode this[int id]
    {
        get => _nodes[id];
        set => _nodes[id] = value;
    }

    /// <summary>Adds something from outside.</summary>
    /// <returns>Its number.</returns>
    public int AddSource(GraphViewNodeKind kind, string? name, TensorSpec spec, Tensor? value, string module = "", string? operation = null)
    {
        string word = kind switch { GraphViewNodeKind.Parameter => "parameter", GraphViewNodeKind.Input => "input", _ => "constant" };
        string? number = name is null && kind == GraphViewNodeKind.Constant && value is not null ? GraphValue.NumberOf(value) : null;
        _nodes.Add(new()
        {
            Id = _nodes.Count,
            Kind = kind,
            Name = name ?? number ?? Numbered(kind),
            Operation = operation ?? word,
            Shape = spec.Shape,
            DType = spec.DType,
            Value = value is null ? null : GraphValue.Of(value),
            Module = module,
        });
        _origins.Add(kind == GraphViewNodeKind.Parameter && module.Length > 0 ? module : null);
        return _nodes.Count - 1;
    }

    /// <summary>Adds the result of an operation and the edges into it.</summary>
    /// <param name="op">The operation; null for something else, which is called <paramref name="operation"/>.</param>
    /// <param name="operands">The nodes that go in.</param>
    /// <param name="spec">Shape and type of the result.</param>
    /// <param name="module">The module that is running, as far as that is known.</param>
    /// <param name="operation">A name in place of the operation's own.</param>
    /// <returns>Its number.</returns>
    public int AddOperation(Op? op, IReadOnlyList<int> operands, TensorSpec spec, string module = "", string? operation = null)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"v{++_operations}");
        string word = operation ?? op!.Name;
        string[] names = [.. operands.Select(operand => _nodes[operand].Name)];
        string[] origins = [.. operands.Select(operand => _origins[operand]).OfType<string>()];
        int id = _nodes.Count;
        _nodes.Add(new()
        {
            Id = id,
            Kind = GraphViewNodeKind.Operation,
            Name = name,
            Operation = word,
            Formula = op is null ? $"{name} = {word}({string.Join(", ", names)})" : Formula.Of(op, Parameters(op), name, names),
            Shape = spec.Shape,
            DType = spec.DType,
            Module = origins.FirstOrDefault(origin => IsInside(origin, module)) ?? module,
            OperationCount = 1,
        });
        bool isOfOneModule = origins.Length == operands.Count && origins.Distinct().Count() == 1;
        _origins.Add(isOfOneModule ? origins[0] : null);
        for (int i = 0; i < operands.Count; i++)
            _edges.Add(new(operands[i], id, i, null));
        return id;
    }

    /// <summary>Puts a local derivative on the edge of an operand of the newest node.</summary>
    public void Derive(int operand, GraphValue? derivative)
    {
        int place = _edges.Count - 1;
        while (_edges[place].Operand != operand)
            place--;
        _edges[place] = _edges[place] with { LocalDerivative = derivative };
    }

    public void MarkResult(int id) => _nodes[id] = _nodes[id] with { IsResult = true };

    /// <param name="entered">The modules that are known to have been applied: what ran outside of a call of theirs is not theirs.</param>
    public GraphView View(IReadOnlySet<string> entered)
    {
        FillGaps(entered);
        return new([.. _nodes], [.. _edges], Modules);
    }

    /// <summary>Leaves out what the results do not depend on.</summary>
    public void Prune()
    {
        var isNeeded = new bool[_nodes.Count];
        // The edges stand in the order of their ends, so that each reader is decided before what it reads.
        for (int i = _edges.Count - 1; i >= 0; i--)
            isNeeded[_edges[i].From] |= isNeeded[_edges[i].To] || _nodes[_edges[i].To].IsResult;
        var ids = new int[_nodes.Count];
        int count = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = isNeeded[i] || _nodes[i].IsResult ? count++ : -1;
            if (ids[i] >= 0)
                _nodes[ids[i]] = _nodes[i] with { Id = ids[i] };
        }
        _nodes.RemoveRange(count, _nodes.Count - count);
        _edges.RemoveAll(edge => ids[edge.To] < 0);
        for (int i = 0; i < _edges.Count; i++)
            _edges[i] = _edges[i] with { From = ids[_edges[i].From], To = ids[_edges[i].To] };
    }

    // A module that was called without Apply shows only in the operations on its parameters and in the modules inside; what ran between two
    // of them ran in it.
    private void FillGaps(IReadOnlySet<string> entered)
    {
        var next = new string[_nodes.Count + 1];
        next[^1] = "";
        for (int i = _nodes.Count - 1; i >= 0; i--)
            next[i] = _nodes[i].IsSource || _nodes[i].Module.Length == 0 ? next[i + 1] : _nodes[i].Module;
        string before = "";
        for (int i = 0; i < _nodes.Count; i++)
        {
            GraphViewNode node = _nodes[i];
            if (node.IsSource) continue;
            string around = Around(before, next[i + 1]);
            while (around.Length > 0 && entered.Contains(around))
                around = GivenNames.ModuleOf(around);
            if (around.Length > node.Module.Length && IsInside(around, node.Module))
                _nodes[i] = node with { Module = around };
            before = node.Module.Length == 0 ? before : node.Module;
        }
    }

    // The longest path that both lie in.
    private static string Around(string first, string second)
    {
        int end = 0;
        for (int i = 0; i <= Math.Min(first.Length, second.Length); i++)
        {
            bool isEnd = (i == first.Length || first[i] == '.') && (i == second.Length || second[i] == '.');
            if (isEnd)
                end = i;
            if (i < first.Length && i < second.Length && first[i] != second[i]) break;
        }
        return first[..end];
    }

    // A parameter of a module inside the running one tells that its module was called without Apply.
    private static bool IsInside(string path, string module) => module.Length == 0 || path == module || path.StartsWith(module + ".", StringComparison.Ordinal);

    // Many operations are one and the same object, and taking their text apart is slow.
    private string Parameters(Op op)
    {
        if (!_parameters.TryGetValue(op, out string? parameters))
            _parameters[op] = parameters = Formula.Parameters(op);
        return parameters;
    }

    private string Numbered(GraphViewNodeKind kind)
    {
        int number = _unnamed[kind] = _unnamed.GetValueOrDefault(kind) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{kind switch { GraphViewNodeKind.Parameter => "p", GraphViewNodeKind.Input => "x", _ => "c" }}{number}");
    }
}
