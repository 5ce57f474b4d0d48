using ChainRule.Autograd;

namespace ChainRule.Inspect;

/// <summary>The history of a tensor, read from the tape without recursion.</summary>
internal sealed class TapeWalk
{
    private const string NotKept = "its value was not kept", Changed = "changed in place after it was used", Freed = "its history was freed by a backward pass";

    private readonly GivenNames _names;
    private readonly Node _root;
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<Node, Tensor> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, TensorSpec> _specs = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Node> _changed = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Node, int> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, int> _constants = new(ReferenceEqualityComparer.Instance);
    private readonly GraphDraft _draft = new();

    public TapeWalk(Tensor result, GivenNames names)
    {
        _names = names;
        _root = RecordOf(result);
        _values[_root] = result;
        _specs[_root] = result.Spec;
        Gather();
        // Older first: operands come before results.
        _nodes.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        Collect();
    }

    public GraphView View(bool gradients, Tensor? seed)
    {
        Dictionary<Node, GraphValue> found = gradients ? Gradients(_root, _values[_root], seed) : [];
        foreach (Node node in _nodes)
        {
            if (node.Op is not null || node == _root)
                Add(node);
        }
        foreach ((Node node, GraphValue gradient) in found)
        {
            if (_ids.TryGetValue(node, out int id))
                _draft[id] = _draft[id] with { Gradient = gradient };
        }
        _draft.MarkResult(_ids[_root]);
        return _draft.View(entered: new HashSet<string>());
    }

    /// <summary>The gradient of a result by every node that it depends on; leaves no trace.</summary>
    public static Dictionary<Node, GraphValue> Gradients(Node root, Tensor result, Tensor? seed)
    {
        var gradients = new Dictionary<Node, GraphValue>(ReferenceEqualityComparer.Instance);
        Tensor cotangent = Differentiate.CheckedSeed(result, seed, "ToGraph");
        using (Recording.Pause())
            new ReversePass(retainsGraph: true).Run(root, cotangent, createGraph: false, (node, gradient) => gradients[node] = GraphValue.Of(gradient));
        return gradients;
    }

    private static Node RecordOf(Tensor result) => result.Record switch
    {
        LevelRecord record => throw new DifferentiationException($"ToGraph: inside a function given to {((Level)record.Interpreter).Name} there is no history to draw. Draw what the function is called with or what it returns, or call GraphView.Of(() => f(x)) outside."),
        Node { IsReleased: true } => throw new DifferentiationException($"ToGraph: the history of this {result.DType.Lower()} tensor of shape {result.Shape} was freed by Backward. Call ToGraph(gradients: true) before Backward (it needs none), or Backward(retainGraph: true)."),
        Node node => node,
        _ => throw new DifferentiationException($"ToGraph: this {result.DType.Lower()} tensor of shape {result.Shape} has no history, as nothing that it was computed from requires a gradient. Call RequiresGrad() on the parameters first and compute outside of NoGrad, or draw any function with GraphView.Of(() => f(x))."),
    };

    private void Gather()
    {
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance) { _root };
        _nodes.Add(_root);
        for (int next = 0; next < _nodes.Count; next++)
        {
            Node node = _nodes[next];
            for (int i = 0; i < node.OperandCount; i++)
            {
                if (!node.IsReleased && node.Parent(i) is { } parent && seen.Add(parent))
                    _nodes.Add(parent);
            }
        }
    }

    // What is kept anywhere, and then what can be computed again from that.
    private void Collect()
    {
        foreach (Node node in _nodes)
        {
            if ((node.Leaf ?? node.KeptOutput) is { } value)
                _values.TryAdd(node, value);
            for (int i = 0; i < node.OperandCount && !node.IsReleased; i++)
            {
                if (node.Parent(i) is not { } parent) continue;
                _specs[parent] = node.InputSpec(i);
                if ((parent.Leaf ?? node.KeptInput(i)) is not { } operand) continue;
                if (node.IsChanged(i, operand))
                    _changed.Add(parent);
                else
                    _values.TryAdd(parent, operand);
            }
        }
        using (new NoGrad())
        using (Recording.Pause())
        {
            foreach (Node node in _nodes)
                Recompute(node);
        }
    }

    private void Recompute(Node node)
    {
        // A function of the user's own may do more than compute.
        if (node.Op is null or CustomOp || node.IsReleased || _changed.Contains(node) || _values.ContainsKey(node)) return;
        var operands = new Tensor[node.OperandCount];
        for (int i = 0; i < operands.Length; i++)
        {
            if (ValueOf(node, i) is not { } value) return;
            operands[i] = value.Alias();
        }
        _values[node] = node.Op.Apply(operands);
    }

    /// <summary>What went into an operation; null if it is not known any more.</summary>
    private Tensor? ValueOf(Node node, int operand)
    {
        Node? parent = node.Parent(operand);
        if (parent is not null && _changed.Contains(parent)) return null;
        Tensor? value = parent is null ? node.KeptInput(operand) : _values.GetValueOrDefault(parent);
        bool isKept = node.KeptInput(operand) is not null;
        return value is null || (isKept && ReferenceEquals(value, node.KeptInput(operand)) && node.IsChanged(operand, value)) ? null : value;
    }

    private void Add(Node node)
    {
        if (node.Op is null || node.IsReleased)
        {
            AddEnd(node);
            return;
        }
        var operands = new int[node.OperandCount];
        var tensors = new Tensor[operands.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            operands[i] = Operand(node, i);
            tensors[i] = ValueOf(node, i) ?? Tensor.Zeros(Shape.Scalar, node.InputSpec(i).DType);
        }
        Tensor? value = _values.GetValueOrDefault(node);
        TensorSpec result = _specs[node];
        int id = _ids[node] = _draft.AddOperation(node.Op, operands, result);
        bool isChanged = _changed.Contains(node);
        _draft[id] = _draft[id] with { Value = value is null || isChanged ? null : GraphValue.Of(value), Note = isChanged ? Changed : "" };
        for (int i = 0; i < operands.Length; i++)
        {
            if (node.Parent(i) is not null)
                _draft.Derive(i, LocalDerivative.Of(node, Operands.Of(tensors), i, result));
        }
    }

    private int Operand(Node node, int operand)
    {
        if (node.Parent(operand) is { } parent)
        {
            // Leaves come right before what first reads them.
            if (!_ids.ContainsKey(parent))
                AddEnd(parent);
            return _ids[parent];
        }
        Tensor? value = node.KeptInput(operand);
        if (value is null)
        {
            int unknown = _draft.AddSource(GraphViewNodeKind.Constant, null, node.InputSpec(operand), null);
            _draft[unknown] = _draft[unknown] with { Note = NotKept };
            return unknown;
        }
        if (!_constants.TryGetValue(value, out int id))
        {
            string? name = _names.Of(value);
            id = _constants[value] = _draft.AddSource(name is null ? GraphViewNodeKind.Constant : GraphViewNodeKind.Input, name, value.Spec, value, GivenNames.ModuleOf(name));
        }
        if (node.IsChanged(operand, value))
            _draft[id] = _draft[id] with { Note = Changed };
        return id;
    }

    private void AddEnd(Node node)
    {
        Tensor? value = _values.GetValueOrDefault(node) ?? node.Leaf;
        string? name = value is null ? null : _names.Of(value);
        int id = node.Op is null
            ? _draft.AddSource(GraphViewNodeKind.Parameter, name, node.Leaf!.Spec, node.Leaf, GivenNames.ModuleOf(name))
            : _draft.AddSource(GraphViewNodeKind.Constant, name, _specs[node], value, operation: node.Op.Name);
        _ids[node] = id;
        string note = _changed.Contains(node) ? Changed : node.IsReleased ? Freed : "";
        _draft[id] = _draft[id] with { Note = note };
    }
}
