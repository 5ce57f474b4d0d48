using ChainRule.Autograd;
using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>Watches a function and its backward pass, and writes down each event with what it changed.</summary>
internal sealed class StepRecorder : ReverseWitness
{
    private readonly CallWatch _watch;
    private readonly RuleText _rule = new();
    private readonly Dictionary<int, int> _values = [], _gradients = [], _versions = [];
    private readonly Dictionary<(int To, int Operand), GraphValue?> _derivatives = [];

    public StepRecorder(Module? model, GivenNames names, long mostBytes)
    {
        Store = new(mostBytes);
        _watch = new(model, names) { Applying = Applied, Entering = Entered };
    }

    public StepStore Store { get; }

    public List<StepEvent> Events { get; } = [];

    /// <summary>The operands of forward events that no tensor of the recording stands for, by event.</summary>
    public Dictionary<int, Tensor?[]> Literals { get; } = [];

    public GraphView? Graph { get; private set; }

    private int Next => Events.Count + 1;

    public Tensor Forward(Func<Tensor> function)
    {
        Tensor result = _watch.Watch(function);
        Graph = _watch.Whole(result);
        foreach (GraphViewEdge edge in Graph.Edges)
            _derivatives[(edge.To, edge.Operand)] = edge.LocalDerivative;
        return result;
    }

    /// <summary>Runs the backward pass, and leaves gradients on leaves if they are to be kept.</summary>
    public void Backward(Tensor result, bool keeps)
    {
        Tensor seed = Differentiate.CheckedSeed(result, null, nameof(StepRecording));
        (Action<Op, Operands, Tensor>? outer, ReverseWitness? outerReverse) = (Interpreter.Witness, Current);
        Interpreter.Witness = (op, x, y) =>
        {
            outer?.Invoke(op, x, y);
            _rule.Applied(op, x, y);
        };
        Current = this;
        try
        {
            new ReversePass(retainsGraph: !keeps).Run((Node)result.Record!, seed, createGraph: false, (node, gradient) =>
            {
                if (keeps)
                    Leave(node, gradient);
            });
        }
        finally
        {
            (Interpreter.Witness, Current) = (outer, outerReverse);
        }
    }

    public int? NodeOf(Tensor x) => _watch.Known(x);

    public string NameOf(int node) => _watch[node].Name;

    public override void Seeded(Node node, Tensor cotangent)
    {
        if (_watch.Known(node) is not { } id) return;
        int tensor = GradientOf(id, cotangent);
        GraphValue shown = Store.Set(tensor, Next, cotangent);
        Add(StepEventKind.Seed, id, $"{GradientName(id)} = {shown}: the backward pass begins", "1", [], [tensor], runningSum: shown);
    }

    public override void Hooked(Node node, Tensor cotangent)
    {
        if (_watch.Known(node) is not { } id) return;
        int tensor = GradientOf(id, cotangent);
        GraphValue shown = Store.Set(tensor, Next, cotangent);
        Add(StepEventKind.Hook, id, $"a hook made {GradientName(id)} = {shown}", "", [tensor], [tensor], runningSum: shown);
    }

    public override void Flowing(Node node, int operand, Tensor cotangent)
    {
        if (_watch.Known(node) is not { } id) return;
        List<(Tensor, string)> kept = [];
        for (int i = 0; i < node.OperandCount; i++)
        {
            if (node.KeptInput(i) is { } input && _watch.Known(input) is { } place)
                kept.Add((input, NameOf(place)));
        }
        if (node.KeptOutput is { } output)
            kept.Add((output, NameOf(id)));
        _rule.Begin(cotangent, GradientName(id), kept);
    }

    public override void Flowed(Node node, int operand, Tensor cotangent, Tensor flow, Tensor? sumBefore, Tensor sum)
    {
        if (_watch.Known(node.Parent(operand)!) is not { } id) return;
        int? through = _watch.Known(node);
        string formula = through is null ? "what came through operations inside" : _rule.Of(flow, node.Op!);
        int gradient = GradientOf(id, flow), product = Store.Add(id, StepTensorKind.Product, formula, flow.Spec);
        GraphValue contribution = Store.Set(product, Next, flow), shownSum = Store.Set(gradient, Next, sum);
        GraphValue? local = through is { } reader ? _derivatives.GetValueOrDefault((reader, operand)) : null;
        string factor = through is null ? "" : _rule.Factor(flow);
        var upstream = GraphValue.Of(cotangent);
        bool isFirst = sumBefore is null;
        string numbers = factor.Length > 0 && local is not null ? StepText.Product(upstream, local) : "";
        string total = isFirst ? "" : $"; sum {shownSum}";
        Add(isFirst ? StepEventKind.Backward : StepEventKind.Accumulate, id,
            $"{GradientName(id)} {(isFirst ? "=" : "+=")} {formula}{numbers} = {contribution}{total}", formula,
            through is { } from ? ReadsOf(from, node) : [], [product, gradient], shownSum, node.Op, through, operand,
            (factor, local, upstream, contribution));
    }

    public void Add(StepEventKind kind, int node, string text, string formula, IReadOnlyList<int> reads, IReadOnlyList<int> changes,
        GraphValue? runningSum = null, Op? op = null, int? through = null, int operand = 0,
        (string LocalFormula, GraphValue? Local, GraphValue? Upstream, GraphValue? Contribution) flow = default) => Events.Add(new()
        {
            Number = Next,
            Kind = kind,
            Node = node,
            Text = text,
            Formula = formula,
            Reads = reads,
            Changes = changes,
            RunningSum = runningSum,
            Op = op,
            Through = through,
            Operand = operand,
            LocalFormula = flow.LocalFormula ?? "",
            LocalDerivative = flow.Local,
            Upstream = flow.Upstream,
            Contribution = flow.Contribution,
        });

    private void Leave(Node node, Tensor gradient)
    {
        Tensor? receiver = node.Leaf ?? node.Retained;
        if (receiver is null) return;
        receiver.LeaveGradient(gradient);
        if (_watch.Known(node) is not { } id) return;
        Tensor grad = receiver.Gradient!;
        int tensor = Store.Add(id, StepTensorKind.Grad, $"{NameOf(id)}.Grad", grad.Spec);
        GraphValue shown = Store.Set(tensor, Next, grad);
        Add(StepEventKind.Keep, id, $"{NameOf(id)}.Grad = {GradientName(id)} = {shown}", GradientName(id), [_gradients[id]], [tensor], runningSum: shown);
    }

    private void Entered(int id, Tensor x)
    {
        _values[id] = Store.Add(id, StepTensorKind.Value, NameOf(id), x.Spec);
        _versions[id] = x.Version;
        Store.Set(_values[id], 0, x);
    }

    private void Applied(int id, Op op, int[] operands, Operands x, Tensor y)
    {
        for (int i = 0; i < operands.Length; i++)
            Compare(operands[i], x[i], i, operands.Length);
        int tensor = _values[id] = Store.Add(id, StepTensorKind.Value, NameOf(id), y.Spec);
        _versions[id] = y.Version;
        GraphValue shown = Store.Set(tensor, Next, y);
        string formula = _watch[id].Formula;
        Add(StepEventKind.Forward, id, $"{formula}: {shown}", formula, [.. operands.Select(operand => _values[operand])], [tensor], op: op);
    }

    // Memory that was written in place shows only when it is read again.
    private void Compare(int id, Tensor x, int operand, int count)
    {
        StepTensor known = Store.Tensors[_values[id]];
        bool isSame = x.Shape == known.Shape && x.DType == known.DType;
        if (isSame && x.Version == _versions[id]) return;
        StepVersion now = StepVersion.Of(Next, x);
        if (isSame)
        {
            _versions[id] = x.Version;
            if (Store.At(known.Id, Next)!.Bytes.AsSpan().SequenceEqual(now.Bytes)) return;
            GraphValue shown = Store.Set(known.Id, Next, x);
            Add(StepEventKind.Overwrite, id, $"{known.Name} was overwritten in place: {shown}", "", [], [known.Id]);
            return;
        }
        if (!Literals.TryGetValue(Next, out Tensor?[]? literals))
            Literals[Next] = literals = new Tensor?[count];
        literals[operand] = now.ToTensor(known with { Shape = x.Shape, DType = x.DType });
    }

    private List<int> ReadsOf(int through, Node node)
    {
        List<int> reads = [];
        if (_gradients.TryGetValue(through, out int gradient))
            reads.Add(gradient);
        for (int i = 0; i < node.OperandCount; i++)
        {
            if (node.KeptInput(i) is { } input && _watch.Known(input) is { } place)
                reads.Add(_values[place]);
        }
        if (node.KeptOutput is not null)
            reads.Add(_values[through]);
        return reads;
    }

    private int GradientOf(int id, Tensor gradient)
    {
        if (!_gradients.TryGetValue(id, out int tensor))
            _gradients[id] = tensor = Store.Add(id, StepTensorKind.Gradient, GradientName(id), gradient.Spec);
        return tensor;
    }

    private string GradientName(int id) => $"∂L/∂{NameOf(id)}";
}
