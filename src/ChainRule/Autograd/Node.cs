namespace ChainRule.Autograd;

/// <summary>One recorded application of an operation, or a leaf: what the reverse pass walks over.</summary>
internal sealed class Node : Call
{
    private static long _count;

    private Edge _first, _second;
    private readonly Edge[]? _all;
    private readonly int _outputVersion;
    private Tensor? _output;

    /// <summary>Records that <paramref name="op"/> made <paramref name="y"/> of <paramref name="x"/>.</summary>
    public Node(Op op, in Operands x, Tensor y)
    {
        Op = op;
        Id = Interlocked.Increment(ref _count);
        OperandCount = x.Count;
        bool keepsInputs = (op.Keeps & Keeps.Inputs) != 0;
        if (x.Count <= 2)
        {
            _first = new Edge(x[0], keepsInputs);
            if (x.Count == 2)
                _second = new Edge(x[1], keepsInputs);
        }
        else
        {
            _all = new Edge[x.Count];
            for (int i = 0; i < _all.Length; i++)
                _all[i] = new Edge(x[i], keepsInputs);
        }
        if ((op.Keeps & Keeps.Output) != 0)
            (_output, _outputVersion) = (y, y.Version);
    }

    /// <summary>The node of a leaf, whose gradient is kept on the tensor itself.</summary>
    public Node(Tensor leaf)
    {
        Leaf = leaf;
        Id = Interlocked.Increment(ref _count);
    }

    /// <summary>The number of the newest node of all.</summary>
    public static long Latest => Interlocked.Read(ref _count);

    /// <summary>The operation; null for a leaf.</summary>
    public Op? Op { get; }

    /// <summary>The leaf; null for a result of an operation.</summary>
    public Tensor? Leaf { get; }

    /// <summary>Grows with time, so operands have smaller numbers than results.</summary>
    public long Id { get; }

    public int OperandCount { get; }

    /// <summary>Called with the gradient on its way back; each may replace it.</summary>
    public List<GradientHook>? Hooks { get; set; }

    /// <summary>Where the gradient of a result is to be kept, if someone asked; see <see cref="Tensor.RetainGrad"/>.</summary>
    public Tensor? Retained { get; set; }

    /// <summary>Whether a backward pass has let the kept values go.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>The pass that has seen this node last.</summary>
    public long Pass { get; set; }

    /// <summary>What has flowed in so far, during a pass.</summary>
    public Tensor? Cotangent { get; set; }

    public override Interpreter Interpreter => Tape.Shared;

    public override Tensor Output
    {
        get
        {
            Tensor value = _output!;
            return value.Version == _outputVersion ? value : throw Changed(value, "result");
        }
    }

    public override Tensor Input(int operand)
    {
        ref readonly Edge edge = ref At(operand);
        Tensor value = edge.Value!;
        return value.Version == edge.Version ? value : throw Changed(value, $"operand {operand}");
    }

    public override TensorSpec InputSpec(int operand) => new(At(operand).Shape, At(operand).DType);

    public override Tensor[] Through(Func<Tensor[], Tensor> composed, Tensor cotangent)
    {
        var inputs = new Tensor[OperandCount];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = Input(i);
        return Differentiate.Through(composed, inputs, cotangent, below: 0);
    }

    public override Tensor Through(int operand, Func<Tensor, Tensor> composed, Tensor cotangent) =>
        Differentiate.Through(x => composed(x[0]), [Input(operand)], cotangent, below: 0)[0];

    /// <summary>The node of an operand, or null if nothing is asked of it.</summary>
    public Node? Parent(int operand) => At(operand).Parent;

    /// <summary>What went in, if it is kept, as it is now; <see cref="Input"/> refuses one that was changed.</summary>
    public Tensor? KeptInput(int operand) => At(operand).Value;

    /// <summary>Whether the memory of an operand was changed in place after it went in.</summary>
    public bool IsChanged(int operand, Tensor value) => At(operand).Version != value.Version;

    /// <summary>What came out, if it is kept and was not changed in place since.</summary>
    public Tensor? KeptOutput => _output is { } value && value.Version == _outputVersion ? value : null;

    /// <summary>Forgets values and operands; they are freed unless something else holds them.</summary>
    public void Release()
    {
        if (Op is null) return;
        IsReleased = true;
        _output = null;
        _first = _second = default;
        if (_all is not null)
            Array.Clear(_all);
    }

    private ref readonly Edge At(int operand)
    {
        if (_all is not null) return ref _all[operand];
        if (operand == 0) return ref _first;
        return ref _second;
    }

    private InPlaceException Changed(Tensor value, string what) =>
        new($"Backward of {Op!.Name}: its {what} of shape {value.Shape} was changed in place after it was used, so the gradient would be wrong. Change a copy instead (x.Clone()), or do it before the forward pass or after Backward.");

    /// <summary>The way to one operand.</summary>
    private readonly struct Edge(Tensor operand, bool keepsValue)
    {
        public readonly Node? Parent = operand.Record as Node;
        public readonly Tensor? Value = keepsValue ? operand : null;
        public readonly Shape Shape = operand.Shape;
        public readonly DType DType = operand.DType;
        public readonly int Version = operand.Version;
    }
}
