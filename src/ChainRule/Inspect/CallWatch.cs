using ChainRule.Autograd;
using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>Every operation while a function runs, tracked or not, and in which module it ran.</summary>
internal sealed class CallWatch : ModuleWitness
{
    private readonly GraphDraft _draft = new();
    private readonly GivenNames _names;
    private readonly Dictionary<Tensor, int> _byTensor = new(ReferenceEqualityComparer.Instance);

    // A view that was made without an operation is known by its memory alone.
    private readonly Dictionary<object, int> _byMemory = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Module, string> _paths = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _parameters = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, int> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _entered = new(StringComparer.Ordinal);
    private string _path = "";
    private object? _input;

    /// <summary>Is told of each operation that has got its place in the view, with the places of its operands.</summary>
    public Action<int, Op, int[], Operands, Tensor>? Applying { get; init; }

    /// <summary>Is told of each value from outside that has got its place in the view.</summary>
    public Action<int, Tensor>? Entering { get; init; }

    public CallWatch(Module? module, GivenNames names)
    {
        _names = names;
        if (module is null) return;
        var walk = new ModuleWalk(module);
        foreach ((string path, Module part) in walk.Modules)
        {
            _paths[part] = path;
            _draft.Modules[path] = part.ToString();
        }
        foreach ((string name, Tensor value, _) in walk.Parameters)
        {
            names.Add(name, value);
            _parameters.Add(value.MemoryOwner);
        }
        foreach ((string name, Nn.Buffer buffer) in walk.Buffers)
            names.Add(name, buffer.Value);
    }

    public GraphView View(Func<Tensor> function, Tensor? input, bool gradients)
    {
        _input = input?.MemoryOwner;
        if (input is not null)
            Source(input);
        Tensor result = Watch(function);
        int id = Known(result) ?? Source(result);
        _draft.MarkResult(id);
        if (gradients)
            AddGradients(result);
        _draft.Prune();
        return _draft.View(_entered);
    }

    public override Tensor Run(Module module, Tensor x)
    {
        string outer = _path;
        if (!_paths.TryGetValue(module, out string? path))
            path = Unknown(module);
        _path = path;
        _entered.Add(path);
        try
        {
            return module.Forward(x);
        }
        finally
        {
            _path = outer;
        }
    }

    // A module that the model does not keep, or all of them if no model was named.
    private string Unknown(Module module)
    {
        string name = module.GetType().Name, path = _path.Length == 0 ? name : $"{_path}.{name}";
        for (int i = 2; _draft.Modules.ContainsKey(path); i++)
            path = $"{(_path.Length == 0 ? "" : $"{_path}.")}{name}{i}";
        _paths[module] = path;
        _draft.Modules[path] = module.ToString();
        return path;
    }

    /// <summary>Everything that was seen, needed for the result or not.</summary>
    public GraphView Whole(Tensor result)
    {
        _draft.MarkResult(Known(result) ?? Source(result));
        return _draft.View(_entered);
    }

    /// <summary>What a node is called.</summary>
    public GraphViewNode this[int id] => _draft[id];

    /// <summary>The place of a value that was seen; null for others.</summary>
    public int? Known(Tensor x) => _byTensor.TryGetValue(x, out int id) || _byMemory.TryGetValue(x.MemoryOwner, out id) ? id : null;

    /// <summary>The place of what the tape recorded; null for what was recorded before.</summary>
    public int? Known(Node node) => _nodes.TryGetValue(node, out int id) ? id : null;

    public Tensor Watch(Func<Tensor> function)
    {
        (Action<Op, Operands, Tensor>? outerWitness, ModuleWitness? outer) = (Interpreter.Witness, Current);
        Interpreter.Witness = (op, operands, result) =>
        {
            outerWitness?.Invoke(op, operands, result);
            Applied(op, operands, result);
        };
        Current = this;
        try
        {
            return function() ?? throw new ArgumentException("GraphView.Of: the function gave null instead of a tensor.", nameof(function));
        }
        finally
        {
            (Interpreter.Witness, Current) = (outerWitness, outer);
        }
    }

    private void Applied(Op op, in Operands x, Tensor y)
    {
        // What a level does has been seen as the operations below it; x itself may come back as the result.
        for (int i = 0; i < x.Count; i++)
        {
            if (x[i].Record is LevelRecord || ReferenceEquals(x[i], y)) return;
        }
        var operands = new int[x.Count];
        for (int i = 0; i < operands.Length; i++)
            operands[i] = Known(x[i]) ?? Source(x[i]);
        int id = _draft.AddOperation(op, operands, y.Spec, _path);
        _draft[id] = _draft[id] with { Value = GraphValue.Of(y) };
        Know(y, id);
        if (y.Record is Node recorded)
            _nodes[recorded] = id;
        Node node = y.Record as Node ?? new Node(op, x, y);
        for (int i = 0; i < operands.Length; i++)
        {
            if (_draft[operands[i]].Kind != GraphViewNodeKind.Constant)
                _draft.Derive(i, LocalDerivative.Of(node, x, i, y.Spec));
        }
        Applying?.Invoke(id, op, operands, x, y);
    }

    private int Source(Tensor x)
    {
        bool isParameter = x.IsLeaf || _parameters.Contains(x.MemoryOwner), isInput = ReferenceEquals(_input, x.MemoryOwner);
        string? name = _names.Of(x);
        GraphViewNodeKind kind = isInput || (!isParameter && name is not null) ? GraphViewNodeKind.Input : isParameter ? GraphViewNodeKind.Parameter : GraphViewNodeKind.Constant;
        string own = GivenNames.ModuleOf(name);
        int id = _draft.AddSource(kind, name, x.Spec, x, own.Length == 0 && kind != GraphViewNodeKind.Input ? _path : own);
        Know(x, id);
        if (x.Record is Node node)
            _nodes[node] = id;
        Entering?.Invoke(id, x);
        return id;
    }

    private void Know(Tensor x, int id) => _byTensor[x] = _byMemory[x.MemoryOwner] = id;

    private void AddGradients(Tensor result)
    {
        if (result.Record is not Node root)
            throw new DifferentiationException($"GraphView.Of: the result, a {result.DType.Lower()} tensor of shape {result.Shape}, depends on nothing that requires a gradient. Call RequiresGrad() on the parameters, or leave out gradients: true.");
        foreach ((Node node, GraphValue gradient) in TapeWalk.Gradients(root, result, seed: null))
        {
            if (_nodes.TryGetValue(node, out int id))
                _draft[id] = _draft[id] with { Gradient = gradient };
        }
    }
}
