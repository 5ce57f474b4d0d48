using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>Adjusts tensors by their gradients, in place: <c>ZeroGrad(); loss.Backward(); Step();</c></summary>
public abstract class Optimizer
{
    private const int NamedInErrors = 8;

    private readonly Tensor[] _parameters;
    private readonly Tensor?[] _contiguousGradients;
    private readonly bool[] _hadGradient;
    private int _steps;

    /// <summary>Takes the tensors to adjust; one that is given twice counts once.</summary>
    /// <param name="parameters">Leaves: tensors that require a gradient and were not computed from others.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is not contiguous.</exception>
    /// <exception cref="DifferentiationException">A tensor does not require a gradient, or is the result of an operation.</exception>
    protected Optimizer(IEnumerable<Tensor> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = [.. parameters.Distinct(ReferenceEqualityComparer.Instance).Cast<Tensor>()];
        if (_parameters.Length == 0)
            throw new ArgumentException($"{GetType().Name}: there are no parameters to adjust.", nameof(parameters));
        for (int i = 0; i < _parameters.Length; i++)
            Check(i);
        _contiguousGradients = new Tensor?[_parameters.Length];
        _hadGradient = new bool[_parameters.Length];
        LearningRate = learningRate;
    }

    /// <summary>The tensors that are adjusted.</summary>
    public IReadOnlyList<Tensor> Parameters => _parameters;

    /// <summary>How far a step goes; may change between steps.</summary>
    public double LearningRate
    {
        get;
        set => field = NotNegative(value, nameof(LearningRate));
    }

    /// <summary>Whether some parameters may stay without a gradient for good, such as those of a part that is not used yet.</summary>
    public bool AllowMissingGradients { get; set; }

    /// <summary>Forgets the gradients, so that the next backward pass starts from none.</summary>
    public void ZeroGrad()
    {
        foreach (Tensor parameter in _parameters)
            parameter.Grad = null;
    }

    /// <summary>Adjusts every parameter that has a gradient; one without stays as it is.</summary>
    /// <exception cref="DifferentiationException">
    /// No parameter has a gradient; or, unless <see cref="AllowMissingGradients"/>, one that requires a gradient has not had any by the second step.
    /// </exception>
    public void Step()
    {
        if (!_parameters.Any(parameter => parameter.Grad is not null))
            throw new DifferentiationException($"Step: no parameter has a gradient: {Describe([.. Enumerable.Range(0, _parameters.Length)])}. Call Backward() on a loss that was computed from these very tensors, after ZeroGrad() and before Step(). If the model was converted or its parameters exchanged, make the optimizer anew. GradientTrace.Run(() => ComputeLoss(), optimizer.Parameters) names what keeps the gradient away from each.");
        RequireEachHadGradient();
        using (new NoGrad())
        {
            for (int i = 0; i < _parameters.Length; i++)
            {
                if (_parameters[i].Grad is { } gradient)
                    Update(i, _parameters[i], Contiguous(i, gradient));
            }
        }
    }

    /// <summary>Adjusts one parameter in place; nothing is recorded meanwhile.</summary>
    /// <param name="index">Its place in <see cref="Parameters"/>, for what the optimizer remembers of it.</param>
    /// <param name="parameter">The tensor to change.</param>
    /// <param name="gradient">Its gradient: contiguous, of the same shape and type, and not to be changed.</param>
    protected abstract void Update(int index, Tensor parameter, Tensor gradient);

    /// <summary>Runs a fused update over a parameter and what is remembered of it; unused memories may be the parameter.</summary>
    private protected static void Run<TUpdate>(TUpdate update, Tensor parameter, Tensor gradient, Tensor first, Tensor second)
        where TUpdate : struct, IUpdate
    {
        if (parameter.DType == DType.Float32)
            Kernels.Update.Run<float, TUpdate>(update, ref parameter.Start, ref gradient.Start, ref first.Start, ref second.Start, parameter.ElementCount);
        else
            Kernels.Update.Run<double, TUpdate>(update, ref parameter.Start, ref gradient.Start, ref first.Start, ref second.Start, parameter.ElementCount);
        parameter.Storage.MarkChanged();
        GC.KeepAlive(parameter);
        GC.KeepAlive(gradient);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }

    /// <summary>Checks that a setting is a number and at least 0.</summary>
    private protected static double NotNegative(double value, string name) => value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a number and not negative.");

    private void Check(int index)
    {
        Tensor parameter = _parameters[index];
        ArgumentNullException.ThrowIfNull(parameter, "parameters");
        string name = $"{GetType().Name}: parameter {index} of shape {parameter.Shape}";
        if (!parameter.IsLeaf)
            throw new DifferentiationException($"{name} {(parameter.IsTracked ? "is the result of an operation, so no gradient is kept on it: compute its value first, then call RequiresGrad() on it" : "does not require a gradient: call RequiresGrad() on it")}.");
        if (!parameter.IsContiguous)
            throw new ArgumentException($"{name} is a view whose elements do not lie in a row. Use x.Contiguous().RequiresGrad().");
    }

    // Gradients of weights are often transposed views; the copy's memory is kept for the next step.
    private Tensor Contiguous(int index, Tensor gradient)
    {
        if (gradient.IsContiguous) return gradient;
        Tensor copy = _contiguousGradients[index] ??= Tensor.Uninitialized(gradient.Shape, gradient.DType);
        TensorMemory.Copy(gradient, copy);
        return copy;
    }

    // A parameter may sit out a step; one that the loss has never reached will not learn, and nothing else would say so.
    private void RequireEachHadGradient()
    {
        bool areMissing = false;
        for (int i = 0; i < _parameters.Length; i++)
        {
            _hadGradient[i] |= _parameters[i].Grad is not null;
            areMissing |= IsMissing(i);
        }
        if (!AllowMissingGradients && ++_steps >= 2 && areMissing)
            throw new DifferentiationException($"Step: other parameters have gradients, but these have never had one: {Describe([.. Enumerable.Range(0, _parameters.Length).Where(IsMissing)])}. Look for Detach, NoGrad or a comparison between them and the loss: GradientTrace.Run(() => ComputeLoss(), optimizer.Parameters) names what keeps the gradient away from each. Freeze those that are not to learn with RequiresGrad(false), or set {nameof(AllowMissingGradients)} if they are used later.");
    }

    private bool IsMissing(int place) => !_hadGradient[place] && _parameters[place].IsLeaf;

    private string Describe(int[] places)
    {
        string shapes = string.Join(", ", places.Take(NamedInErrors).Select(i => $"{i} {_parameters[i].Shape}"));
        return places.Length > NamedInErrors ? $"{shapes} and {places.Length - NamedInErrors} more" : shapes;
    }
}
