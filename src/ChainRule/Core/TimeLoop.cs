namespace ChainRule;

/// <summary>
/// What the recurrent networks share: the checks, the inputs of all time steps in one product, and the way through time, forwards or
/// backwards, on which a sequence that is over keeps its state.
/// </summary>
internal sealed class TimeLoop
{
    private readonly string _operation;
    private readonly RecurrentWeights _weights;
    private readonly Tensor _x; // [time, batch, inputs]
    private readonly Tensor? _isInside; // [time, batch, 1]
    private readonly bool _hasBatch, _batchFirst, _reverse;

    public TimeLoop(string operation, Tensor x, RecurrentWeights weights, Tensor? lengths, bool batchFirst, bool reverse)
    {
        if (x.Rank is not (2 or 3))
            throw new ShapeException($"{operation}: the input has shape {x.Shape}, but must be [{(batchFirst ? "batch, time" : "time, batch")}, inputs], or [time, inputs] without a batch.");
        weights.Require(operation, x);
        (_operation, _weights, _hasBatch, _batchFirst, _reverse) = (operation, weights, x.Rank == 3, batchFirst, reverse);
        _x = !_hasBatch ? x.Unsqueeze(1) : batchFirst ? x.Transpose(0, 1) : x;
        if (lengths is null) return;
        RequireLengths(lengths);
        _isInside = Tensor.Arange(0, Time, 1, DType.Int64).Reshape(Time, 1, 1) < lengths.Unsqueeze(-1);
        // What lies behind the end never counts, not even NaN.
        _x = Tensor.Where(_isInside, _x, 0);
    }

    /// <summary>Whether there is anything to compute.</summary>
    public bool HasElements => Time > 0 && Batch > 0 && _weights.Hidden > 0;

    private long Time => _x.Shape[0];

    private long Batch => _x.Shape[1];

    /// <summary>A state before the first step, [batch, hidden]; zeros if none is given.</summary>
    public Tensor Initial(Tensor? state, string argument)
    {
        long hidden = _weights.Hidden;
        if (state is null)
            return Tensor.Zeros([Batch, hidden], _x.DType);
        Shape expected = _hasBatch ? [Batch, hidden] : [hidden];
        if (state.Shape != expected)
            throw new ShapeException($"{_operation}: {argument} has shape {state.Shape}, but must be {expected}.");
        RecurrentWeights.RequireType(_operation, state, argument, _x);
        return _hasBatch ? state : state.Unsqueeze(0);
    }

    /// <summary>x·Wᵀ + b for all time steps, [time, batch, gates·hidden].</summary>
    public Tensor Project(Tensor? bias) => _x.Affine(_weights.Ih, bias);

    /// <summary>The output and the last states of h for every step and the last c behind them, [time + 1, batch, hidden].</summary>
    public (Tensor Output, Tensor Hidden, Tensor Cell) Parts(Tensor states)
    {
        Tensor output = states.Slice(0, 0, Time), hidden = states[_reverse ? 0 : Time - 1], cell = states[Time];
        if (!_hasBatch)
            return (output.Squeeze(1), hidden.Squeeze(0), cell.Squeeze(0));
        return (_batchFirst ? output.Transpose(0, 1) : output, hidden, cell);
    }

    /// <summary>Goes through time. A step makes of its part of x·Wᵀ + b, [batch, gates·hidden], and the states the next states; the first of them is the output.</summary>
    public (Tensor Output, Tensor[] States) Run(Tensor? bias, Tensor[] states, Func<Tensor, Tensor[], Tensor[]> step)
    {
        Tensor projected = Project(bias);
        Tensor[] inputs = Steps(projected);
        var outputs = new Tensor[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            int time = _reverse ? inputs.Length - 1 - i : i;
            Tensor[] next = step(inputs[time], states);
            outputs[time] = next[0];
            if (_isInside is not null)
            {
                Tensor isInside = _isInside[time];
                outputs[time] = Tensor.Where(isInside, next[0], 0);
                for (int k = 0; k < next.Length; k++)
                    next[k] = Tensor.Where(isInside, next[k], states[k]);
            }
            states = next;
        }
        return (Joined(outputs, projected), _hasBatch ? states : Array.ConvertAll(states, state => state.Squeeze(0)));
    }

    private Tensor Joined(Tensor[] outputs, Tensor projected)
    {
        int axis = _hasBatch && _batchFirst ? 1 : 0;
        Tensor output = outputs.Length > 0 ? Tensor.Stack(outputs, axis) : _weights.Gate(axis == 0 ? projected : projected.Transpose(0, 1), 0);
        return _hasBatch ? output : output.Squeeze(1);
    }

    // Halves of halves: the cotangent of a slice fills a tensor as large as the whole, and so there are log(time) such fillings, not time.
    private static Tensor[] Steps(Tensor x)
    {
        if (x.Shape[0] == 0) return [];
        List<Tensor> parts = [x];
        while (parts[0].Shape[0] > 1)
            parts = [.. parts.SelectMany(part => part.Shape[0] > 1 ? part.Split((part.Shape[0] + 1) / 2) : [part])];
        return [.. parts.Select(part => part.Squeeze(0))];
    }

    private void RequireLengths(Tensor lengths)
    {
        ElementType.RequireInteger(lengths, _operation, "lengths");
        if (!_hasBatch || lengths.Rank != 1 || lengths.Shape[0] != Batch)
            throw new ShapeException($"{_operation}: lengths has shape {lengths.Shape}, but must be {(_hasBatch ? $"[{Batch}], one for each sequence of the batch" : "null for an input without a batch")}.");
        // A recording keeps what it looks with: the numbers, not this.
        (string operation, long time) = (_operation, Time);
        Recording.Inspect(lengths, values => AreInside(values, time, operation));
    }

    private static bool AreInside(Tensor lengths, long time, string operation)
    {
        foreach (long length in lengths.ToArray<long>())
        {
            if (length < 0 || length > time)
                throw new ArgumentOutOfRangeException(nameof(lengths), length, $"{operation}: a length of {length} is outside an input with {time} time steps.");
        }
        return true;
    }
}
