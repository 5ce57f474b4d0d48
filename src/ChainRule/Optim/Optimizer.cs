using System.Diagnostics.CodeAnalysis;

namespace ChainRule.Optim;

/// <summary>Adjusts tensors by their gradients, in place: <c>ZeroGrad(); loss.Backward(); Step();</c></summary>
/// <remarks>
/// A parameter without a gradient stays as it is, and so does a frozen one, <c>RequiresGrad(false)</c>. Gradients of several
/// backward passes add up until ZeroGrad: for k small batches instead of a large one, divide each loss by k and step once.
/// </remarks>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
public abstract partial class Optimizer
{
    private const int NamedInErrors = 8;

    private readonly List<Tensor> _parameters = [];
    private readonly List<ParameterGroup> _groups = [];
    private readonly List<Slot> _slots = [];
    private int _steps;

    /// <summary>Takes the tensors to adjust; one that is given twice counts once.</summary>
    /// <param name="parameters">Leaves: tensors that require a gradient and were not computed from others.</param>
    /// <param name="learningRate">How far a step goes.</param>
    /// <param name="weightDecay">How strongly parameters are pulled towards 0.</param>
    /// <exception cref="ArgumentException">There are no parameters, or one is not contiguous.</exception>
    /// <exception cref="DifferentiationException">A tensor does not require a gradient, or is the result of an operation.</exception>
    protected Optimizer(IEnumerable<Tensor> parameters, double learningRate, double weightDecay = 0)
    {
        LearningRate = NotNegative(learningRate, nameof(learningRate));
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
        AddGroup(parameters);
    }

    /// <summary>The tensors that are adjusted.</summary>
    public IReadOnlyList<Tensor> Parameters => _parameters;

    /// <summary>The groups of parameters; the first holds those that the optimizer was made with.</summary>
    public IReadOnlyList<ParameterGroup> Groups => _groups;

    /// <summary>How far a step goes; may change between steps. Groups without a rate of their own follow it.</summary>
    public double LearningRate
    {
        get;
        set => field = NotNegative(value, nameof(LearningRate));
    }

    /// <summary>Whether some parameters may stay without a gradient for good, such as those of a part that is not used yet.</summary>
    public bool AllowMissingGradients { get; set; }

    /// <summary>How strongly parameters are pulled towards 0, in groups without a decay of their own.</summary>
    public double WeightDecay { get; }

    /// <summary>The last schedule that was made to set the rates.</summary>
    internal LearningRateStepper? Stepper { get; set; }

    /// <summary>Adds parameters with a learning rate and a weight decay of their own: no decay for biases, a smaller rate for a trained part.</summary>
    /// <param name="parameters">Leaves that the optimizer does not have yet.</param>
    /// <param name="learningRate">Their rate; the optimizer's if null.</param>
    /// <param name="weightDecay">Their decay; the optimizer's if null.</param>
    /// <exception cref="ArgumentException">There are no parameters, one is in a group already, or one is not contiguous.</exception>
    /// <exception cref="DifferentiationException">A tensor does not require a gradient, or is the result of an operation.</exception>
    public ParameterGroup AddGroup(IEnumerable<Tensor> parameters, double? learningRate = null, double? weightDecay = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Tensor[] added = [.. parameters.Distinct(ReferenceEqualityComparer.Instance).Cast<Tensor>()];
        if (added.Length == 0)
            throw new ArgumentException($"{GetType().Name}: there are no parameters to adjust.", nameof(parameters));
        for (int i = 0; i < added.Length; i++)
            Check(i, added[i]);
        var group = new ParameterGroup(this, added, learningRate, weightDecay);
        _groups.Add(group);
        _parameters.AddRange(added);
        _slots.AddRange(added.Select(_ => new Slot(group)));
        Stepper?.Add(group);
        return group;
    }

    /// <summary>Forgets the gradients, so that the next backward pass starts from none.</summary>
    public void ZeroGrad()
    {
        foreach (Tensor parameter in _parameters)
            parameter.Grad = null;
    }

    /// <summary>Adjusts every parameter that has a gradient; one without stays as it is, and so does one that no longer requires any.</summary>
    /// <exception cref="DifferentiationException">
    /// No parameter has a gradient; or, unless <see cref="AllowMissingGradients"/>, one that requires a gradient has not had any by the second step.
    /// </exception>
    public void Step()
    {
        Recording.Current?.Refuse(nameof(Step), "Compile.Step compiles the loss, its gradients and the update together.");
        if (!_parameters.Exists(static parameter => parameter is { IsLeaf: true, HasGradient: true }))
            throw new DifferentiationException($"Step: no parameter has a gradient: {Describe([.. Enumerable.Range(0, _parameters.Count)])}. Call Backward() on a loss that was computed from these very tensors, after ZeroGrad() and before Step(). If the model was converted or its parameters exchanged, make the optimizer anew. GradientTrace.Run(() => ComputeLoss(), optimizer.Parameters) names what keeps the gradient away from each.");
        RequireEachHadGradient();
        using (new NoGrad())
        {
            for (int i = 0; i < _parameters.Count; i++)
            {
                Tensor parameter = _parameters[i];
                if (!parameter.IsLeaf || !parameter.HasGradient) continue;
                _slots[i].Steps++;
                if (parameter.RowGradient is { } rows && LeavesOtherRows(i))
                    StepRows(i, parameter, rows);
                else
                    Adjust(i, parameter, Contiguous(i, parameter.Grad!));
            }
        }
    }

    /// <summary>Adjusts one parameter in place; nothing is recorded meanwhile.</summary>
    /// <param name="index">Its place in <see cref="Parameters"/>, for what the optimizer remembers of it.</param>
    /// <param name="parameter">The tensor to change.</param>
    /// <param name="gradient">Its gradient: contiguous, of the same shape and type, and not to be changed.</param>
    protected abstract void Update(int index, Tensor parameter, Tensor gradient);

    /// <summary>The group of a parameter, with its learning rate and weight decay.</summary>
    protected ParameterGroup GroupOf(int index) => _slots[index].Group;

    /// <summary>In how many steps a parameter had a gradient, the present one included.</summary>
    protected long StepsOf(int index) => _slots[index].Steps;

    /// <summary>What the optimizer remembers of a parameter from step to step: a tensor of its shape and type, to be changed in place.</summary>
    /// <param name="index">The parameter.</param>
    /// <param name="which">Which of the memories, from 0.</param>
    /// <param name="initial">The value of each element before the first step.</param>
    protected Tensor Remembered(int index, int which, double initial = 0)
    {
        List<Tensor> memories = _slots[index].Memories;
        while (memories.Count <= which)
            memories.Add(Tensor.Full(_parameters[index].Shape, initial, _parameters[index].DType));
        return RowsOf(memories[which], which);
    }

    /// <summary>A number that the optimizer remembers of a parameter from step to step.</summary>
    /// <param name="index">The parameter.</param>
    /// <param name="initial">The number before the first step.</param>
    private protected double RememberedNumber(int index, double initial) => _slots[index].Number ?? initial;

    /// <summary>Puts another number in the place of the remembered one.</summary>
    private protected void Remember(int index, double number) => _slots[index].Number = number;

    private void Adjust(int index, Tensor parameter, Tensor gradient)
    {
        if (AnomalyMode.Current is { } watch)
            UpdateWatched(watch, index, parameter, gradient);
        else
            Update(index, parameter, gradient);
    }

    // The closure is made only while something watches.
    private void UpdateWatched(AnomalyMode watch, int index, Tensor parameter, Tensor gradient)
    {
        watch.Step(GetType().Name, $"parameter {index} of shape {parameter.Shape}", parameter, gradient, () => Update(index, parameter, gradient));
    }

    private void Check(int index, Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter, "parameters");
        string name = $"{GetType().Name}: parameter {index} of shape {parameter.Shape}";
        if (!parameter.IsLeaf)
            throw new DifferentiationException($"{name} {(parameter.IsTracked ? "is the result of an operation, so no gradient is kept on it: compute its value first, then call RequiresGrad() on it" : "does not require a gradient: call RequiresGrad() on it")}.");
        if (!parameter.IsContiguous)
            throw new ArgumentException($"{name} is a view whose elements do not lie in a row. Use x.Contiguous().RequiresGrad().");
        if (_parameters.Exists(known => ReferenceEquals(known, parameter)))
            throw new ArgumentException($"{name} is in a group already; it can have one learning rate only.");
    }

    // Gradients of weights are often transposed views; the copy's memory is kept for the next step.
    private Tensor Contiguous(int index, Tensor gradient)
    {
        if (gradient.IsContiguous) return gradient;
        Tensor copy = _slots[index].ContiguousGradient ??= Tensor.Uninitialized(gradient.Shape, gradient.DType);
        TensorMemory.Copy(gradient, copy);
        return copy;
    }

    // A parameter may sit out a step; one that the loss has never reached will not learn, and nothing else would say so.
    private void RequireEachHadGradient()
    {
        bool areMissing = false;
        for (int i = 0; i < _parameters.Count; i++)
            areMissing |= IsMissing(i);
        if (!AllowMissingGradients && ++_steps >= 2 && areMissing)
            throw new DifferentiationException($"Step: other parameters have gradients, but these have never had one: {Describe([.. Enumerable.Range(0, _parameters.Count).Where(IsMissing)])}. Look for Detach, NoGrad or a comparison between them and the loss: GradientTrace.Run(() => ComputeLoss(), optimizer.Parameters) names what keeps the gradient away from each. Freeze those that are not to learn with RequiresGrad(false), or set {nameof(AllowMissingGradients)} if they are used later.");
    }

    private bool IsMissing(int place) => _slots[place].Steps == 0 && _parameters[place] is { IsLeaf: true, HasGradient: false };

    private string Describe(int[] places)
    {
        string shapes = string.Join(", ", places.Take(NamedInErrors).Select(i => $"{i} {_parameters[i].Shape}"));
        return places.Length > NamedInErrors ? $"{shapes} and {places.Length - NamedInErrors} more" : shapes;
    }

    /// <summary>What belongs to one parameter.</summary>
    private sealed class Slot(ParameterGroup group)
    {
        public ParameterGroup Group => group;

        public long Steps { get; set; }

        public List<Tensor> Memories { get; } = [];

        public double? Number { get; set; }

        public Tensor? ContiguousGradient { get; set; }
    }
}
