namespace ChainRule.Optim;

/// <summary>Many leaves as one row of numbers in float64.</summary>
internal sealed class FlatParameters
{
    private readonly Tensor[] _parameters;
    private readonly int _count;

    public FlatParameters(IEnumerable<Tensor> parameters)
    {
        _parameters = [.. parameters.Distinct(ReferenceEqualityComparer.Instance).Cast<Tensor>()];
        if (_parameters.Length == 0)
            throw new ArgumentException("Lbfgs: there are no parameters to adjust.", nameof(parameters));
        for (int i = 0; i < _parameters.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(_parameters[i], nameof(parameters));
            if (!_parameters[i].IsLeaf)
                throw new DifferentiationException($"Lbfgs: parameter {i} of shape {_parameters[i].Shape} is not a leaf that requires a gradient: call RequiresGrad() on a tensor that was not computed from others.");
            if (_parameters[i].ElementCount > Array.MaxLength - _count)
                throw new ArgumentException($"Lbfgs: with parameter {i} of shape {_parameters[i].Shape} there are more than {Array.MaxLength} elements in all.", nameof(parameters));
            _count += (int)_parameters[i].ElementCount;
        }
    }

    /// <summary>The leaves.</summary>
    public IReadOnlyList<Tensor> Parameters => _parameters;

    /// <summary>How many numbers there are.</summary>
    public int Count => _count;

    /// <summary>The present values.</summary>
    public double[] Values() => Gather(parameter => parameter);

    /// <summary>The loss and its gradient at the present values; Grad of the parameters holds it too.</summary>
    public (double Value, double[] Gradient) Evaluate(Func<Tensor> loss)
    {
        foreach (Tensor parameter in _parameters)
            parameter.Grad = null;
        Tensor result = loss() ?? throw new InvalidOperationException("Lbfgs: the loss function gave null. It must compute the loss anew each time and return it.");
        if (result.ElementCount != 1)
            throw new ShapeException($"Lbfgs: the loss has shape {result.Shape}, but must be a single number. Reduce it with .Mean() or .Sum().");
        result.Backward();
        double[] gradient = Gather(parameter => parameter.Grad);
        return (result.Item<double>(), gradient);
    }

    /// <summary>The same at start + length·direction.</summary>
    public (double Value, double[] Gradient) EvaluateAt(Func<Tensor> loss, double[] start, double length, double[] direction)
    {
        Move(start, length, direction);
        return Evaluate(loss);
    }

    /// <summary>Sets the values to start + length·direction, where a search ends: the step that an <see cref="AnomalyMode"/> judges.</summary>
    public void Arrive(double[] start, double length, double[] direction)
    {
        if (AnomalyMode.Current is not { } watch)
        {
            Move(start, length, direction);
            return;
        }
        Set(start, null);
        Set(At(start, length, direction), watch);
    }

    private static double[] At(double[] start, double length, double[] direction)
    {
        double[] values = [.. start];
        Dense.Add(values, length, direction);
        return values;
    }

    // Sets the values to start + length·direction.
    private void Move(double[] start, double length, double[] direction) => Set(At(start, length, direction), null);

    private void Set(double[] values, AnomalyMode? watch)
    {
        int place = 0;
        using var noGrad = new NoGrad();
        for (int i = 0; i < _parameters.Length; i++)
        {
            Tensor parameter = _parameters[i], next = Rounded(values.AsSpan(place, (int)parameter.ElementCount), parameter);
            if (watch is null)
                parameter.CopyFrom(next);
            else
                watch.Step(nameof(Lbfgs), $"parameter {i} of shape {parameter.Shape}", parameter, parameter.Grad ?? next, () => parameter.CopyFrom(next));
            place += (int)parameter.ElementCount;
        }
    }

    /// <summary>The types and shapes.</summary>
    public override string ToString() => string.Join(", ", _parameters.Select(parameter => $"{parameter.DType.Lower()}{parameter.Shape}"));

    // Not by an operation: a search may try a place that float32 does not hold, and an AnomalyMode judges where it ends.
    private static Tensor Rounded(ReadOnlySpan<double> values, Tensor like)
    {
        if (like.DType == DType.Float64)
            return Tensor.From(values, like.Shape);
        var singles = new float[values.Length];
        for (int i = 0; i < singles.Length; i++)
            singles[i] = (float)values[i];
        return Tensor.From<float>(singles, like.Shape);
    }

    private double[] Gather(Func<Tensor, Tensor?> part)
    {
        var all = new double[_count];
        int place = 0;
        foreach (Tensor parameter in _parameters)
        {
            int count = (int)parameter.ElementCount;
            part(parameter)?.CopyTo(all.AsSpan(place, count));
            place += count;
        }
        return all;
    }
}
