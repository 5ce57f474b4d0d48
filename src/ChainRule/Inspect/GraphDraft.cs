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
            Formula = op is null ? $"{name} = {word}({string.Join(", ", names)})" : Formula.Of(op, name, names),
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

    public GraphView View() => new([.. _nodes], [.. _edges], Modules);

    // A parameter of a module inside the running one tells that its module was called without Apply.
    private static bool IsInside(string path, string module) => module.Length == 0 || path == module || path.StartsWith(module + ".", StringComparison.Ordinal);

    private string Numbered(GraphViewNodeKind kind)
    {
        int number = _unnamed[kind] = _unnamed.GetValueOrDefault(kind) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{kind switch { GraphViewNodeKind.Parameter => "p", GraphViewNodeKind.Input => "x", _ => "c" }}{number}");
    }
}
