namespace ChainRule;

/// <summary>Writes down every operation of a function while it runs on real tensors.</summary>
internal sealed class Recorder : Recording
{
    // Storage is numbered for the whole process, so that one recording runs at a time.
    private static readonly Lock Turn = new();
    private static ushort _count;

    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<Tensor, int> _byTensor = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, int> _byMemory = new(ReferenceEqualityComparer.Instance);
    private readonly List<Tensor> _tensors = [];
    private readonly List<bool> _isConstant = [];
    private readonly HashSet<object> _usedConstants = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<RandomKey, KeySlot> _slots = [];
    private readonly List<KeySlot> _keys = [];
    private readonly Dictionary<IRecordedState, int> _reads = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IRecordedState, int> _writes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, Func<bool>> _conditions = new(ReferenceEqualityComparer.Instance);
    private ushort _number;

    /// <summary>Runs a function once and writes it down.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">Its arguments.</param>
    /// <returns>The graph and the results of this run.</returns>
    public static (Graph Graph, Tensor[] Results) Record(Func<Tensor[], Tensor[]> function, Tensor[] inputs)
    {
        var recorder = new Recorder();
        lock (Turn)
        {
            // Neither 0 nor the mark of a constant.
            _count = (ushort)(_count % (ushort.MaxValue - 1) + 1);
            recorder._number = _count;
            PlannedMemory.NumberRecording(_count);
            try
            {
                return recorder.Run(function, inputs);
            }
            finally
            {
                PlannedMemory.NumberRecording(0);
            }
        }
    }

    public override void RequireReadable(Tensor x, string operation)
    {
        int known = Find(x);
        if (known >= 0 ? _isConstant[known] : PlannedMemory.IsMadeDuring(x, _number)) return;
        throw new CompileException($"{operation}: the values of a tensor of shape {x.Shape}{MadeBy(known)} were asked for while a function is compiled. They differ from call to call, but the recorded graph is the same for all: decide with Tensor.Where instead of an if, or read the values of what the compiled function returns.");
    }

    public override void RequireChangeable(Tensor x, string operation)
    {
        int known = Find(x);
        if (known >= 0 ? _isConstant[known] && !_usedConstants.Contains(x.MemoryOwner) : PlannedMemory.IsMadeDuring(x, _number)) return;
        throw new CompileException($"{operation}: a tensor of shape {x.Shape}{MadeBy(known)} was to be changed in place while a function is compiled. A replay would not do it: compute a new tensor, or change it outside of the compiled function.");
    }

    public override void Refuse(string operation, string advice) =>
        throw new CompileException($"{operation}: cannot be part of a compiled function. {advice}");

    public override void Drew(Tensor y, RandomKey key, Action<RandomKey, Tensor> fill)
    {
        // A key that is the same at each call gives the same numbers: a constant.
        if (_slots.TryGetValue(key, out KeySlot? slot))
            Know(y, new GraphNode(_nodes.Count, GraphNodeKind.Draw, y.Spec) { Key = slot, Fill = fill });
    }

    public override void Derived(RandomKey key, RandomKey from, bool isDrawn, Func<RandomKey, RandomKey> derive)
    {
        _slots.TryGetValue(from, out KeySlot? parent);
        // What is computed again, as inside a checkpoint, draws the same key again.
        if ((parent is null && !isDrawn) || _slots.ContainsKey(key)) return;
        _slots[key] = new KeySlot(from, parent, derive);
        _keys.Add(_slots[key]);
    }

    public override void Read(IRecordedState state, Tensor value)
    {
        if (_reads.ContainsKey(state) || _writes.ContainsKey(state)) return;
        _reads[state] = Know(value, new GraphNode(_nodes.Count, GraphNodeKind.State, value.Spec) { State = state }, keepsMemory: value.IsContiguous);
    }

    public override void Wrote(IRecordedState state, Tensor value) => _writes[state] = Resolve(value);

    public override void DependsOn(object owner, Func<bool> isAsBefore) => _conditions.TryAdd(owner, isAsBefore);

    public override void LeftGradient(Tensor leaf)
    {
        int known = Find(leaf);
        if (known >= 0 ? _nodes[known].Kind != GraphNodeKind.Captured : PlannedMemory.IsMadeDuring(leaf, _number)) return;
        throw new CompileException($"Backward: a tensor of shape {leaf.Shape} from outside of the compiled function got a gradient, which a replay would not leave there. Return the gradients (Differentiate.ValueAndGrad, Differentiate.Gradients), or compile the whole training step with Compile.Step.");
    }

    protected override void Guarded(Tensor x, Func<Tensor, bool> isAsBefore)
    {
        int value = Resolve(x);
        if (!_isConstant[value])
            Append(new GraphNode(_nodes.Count, GraphNodeKind.Guard, x.Spec, value) { IsAsBefore = isAsBefore }, x, isConstant: false);
    }

    private (Graph Graph, Tensor[] Results) Run(Func<Tensor[], Tensor[]> function, Tensor[] inputs)
    {
        var own = new Tensor[inputs.Length];
        for (int i = 0; i < own.Length; i++)
        {
            // In memory of their own: the function may also see the tensor that an argument is a part of.
            own[i] = PlannedMemory.Copy(inputs[i]);
            Know(own[i], new GraphNode(i, GraphNodeKind.Input, inputs[i].Spec));
        }
        Tensor[] results;
        using (Begin((op, operands, result) => Applied(op, operands, result)))
        {
            results = function(own);
            int[] outputs = Array.ConvertAll(results, Output);
            StateWrite[] writes = [.. _writes.Select(write => new StateWrite(write.Key, write.Value))];
            return (new Graph([.. _nodes], outputs, writes, [.. _keys], [.. _conditions.Values], inputs.Length), results);
        }
    }

    private int Output(Tensor result)
    {
        if (result is null)
            throw new CompileException("The compiled function gave null instead of a tensor.");
        if (result.Record is { Level: > 0 })
            throw new CompileException("The compiled function gave a tensor of an outer Jvp or Vmap. Compile the function that calls Jvp or Vmap instead.");
        return Resolve(result);
    }

    private void Applied(Op op, in Operands x, Tensor y)
    {
        // What a level does has been seen as the operations below it; x itself may come back as the result.
        for (int i = 0; i < x.Count; i++)
        {
            if (x[i].Record is { Level: > 0 } || ReferenceEquals(x[i], y)) return;
        }
        var operands = new int[x.Count];
        // What a user's own function does may differ each time.
        bool isConstant = op is not CustomOp;
        for (int i = 0; i < operands.Length; i++)
        {
            operands[i] = Resolve(x[i]);
            isConstant &= _isConstant[operands[i]];
        }
        if (isConstant)
        {
            Know(y, new GraphNode(_nodes.Count, GraphNodeKind.Constant, y.Spec) { Tensor = y.Record is null ? y : y.Alias() }, isConstant: true);
            return;
        }
        foreach (int operand in operands)
        {
            if (_isConstant[operand])
                _usedConstants.Add(_tensors[operand].MemoryOwner);
        }
        Know(y, new GraphNode(_nodes.Count, GraphNodeKind.Operation, y.Spec, operands) { Op = op });
    }

    // The node of a tensor that is known itself or by its memory; -1 for none.
    private int Find(Tensor x) =>
        _byTensor.TryGetValue(x, out int id) || _byMemory.TryGetValue(x.MemoryOwner, out id) ? id : -1;

    private int Resolve(Tensor x)
    {
        if (_byTensor.TryGetValue(x, out int id)) return id;
        if (_byMemory.TryGetValue(x.MemoryOwner, out id))
            return _byTensor[x] = SameLayout(x, _tensors[id]) ? id : OtherLayout(x, id);
        bool isConstant = PlannedMemory.IsMadeDuring(x, _number);
        GraphNodeKind kind = isConstant ? GraphNodeKind.Constant : GraphNodeKind.Captured;
        return Know(x, new GraphNode(_nodes.Count, kind, x.Spec) { Tensor = x.Record is null ? x : x.Alias() }, isConstant, keepsMemory: isConstant);
    }

    // A tensor over known memory that no operation made: the same elements in another layout.
    private int OtherLayout(Tensor x, int owner) => _isConstant[owner]
        ? Append(new GraphNode(_nodes.Count, GraphNodeKind.Constant, x.Spec) { Tensor = x.Alias() }, x, isConstant: true)
        : Append(new GraphNode(_nodes.Count, GraphNodeKind.View, x.Spec, owner) { Tensor = PlannedMemory.Layout(x, _tensors[owner].Offset) }, x, isConstant: false);

    private int Know(Tensor x, GraphNode node, bool isConstant = false, bool keepsMemory = true)
    {
        int id = Append(node, x, isConstant);
        _byTensor[x] = id;
        // The first tensor over some memory stands for it, unless what is made there now is newer than what was known.
        if (keepsMemory && (node.OperandIds.IsEmpty || !SharesMemory(x, node)))
            _byMemory[x.MemoryOwner] = id;
        return id;
    }

    private bool SharesMemory(Tensor x, GraphNode node)
    {
        foreach (int operand in node.OperandIds)
        {
            if (ReferenceEquals(_tensors[operand].MemoryOwner, x.MemoryOwner)) return true;
        }
        return false;
    }

    private int Append(GraphNode node, Tensor tensor, bool isConstant)
    {
        _nodes.Add(node);
        _tensors.Add(tensor);
        _isConstant.Add(isConstant);
        return node.Id;
    }

    private static bool SameLayout(Tensor a, Tensor b) =>
        a.Shape == b.Shape && a.DType == b.DType && a.Offset == b.Offset && a.Strides.AsSpan().SequenceEqual(b.Strides);

    private string MadeBy(int known) => known < 0 ? " from outside" : _nodes[known].Kind == GraphNodeKind.Operation ? $", the result of {_nodes[known].Name}," : $" ({_nodes[known].Name})";
}
