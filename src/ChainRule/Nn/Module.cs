using System.Diagnostics.CodeAnalysis;

namespace ChainRule.Nn;

/// <summary>
/// A part of a network: a function of a tensor, with parameters and with modules inside. Whatever it keeps in fields and
/// properties, also in arrays, lists and dictionaries, is found; nothing has to be registered.
/// </summary>
/// <remarks>
/// Parts are met in the order of their declaration, those of base classes first, and one that is kept in several places once.
/// A tensor that requires a gradient counts as a parameter too. Structs are not searched.
/// </remarks>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.AllFields)]
[SuppressMessage("Naming", "CA1716", Justification = "It is the field's word; Module is a keyword in Visual Basic only.")]
public abstract partial class Module
{
    private List<ForwardHook>? _hooks;
    private List<BackwardHook>? _backwardHooks;

    /// <summary>Whether layers that behave differently while training, as <see cref="Dropout"/>, do so now. At first true.</summary>
    public bool IsTraining
    {
        get
        {
            if (Recording.Current is { } recording)
                Depend(recording, field);
            return field;
        }
        internal set;
    } = true;

    /// <summary>The modules directly inside, with the names of their places.</summary>
    public IReadOnlyList<(string Name, Module Module)> Children => new ModuleWalk(this, isDeep: false).Modules[1..];

    /// <summary>The number of elements of all parameters.</summary>
    public long ParameterCount => Parameters().Sum(parameter => parameter.ElementCount);

    /// <summary>The function that the module is.</summary>
    public abstract Tensor Forward(Tensor x);

    /// <summary><see cref="Forward"/>, and then the functions given to <see cref="OnForward"/> and <see cref="OnBackward"/>; <see cref="Sequential"/> calls its modules so.</summary>
    public Tensor Apply(Tensor x) =>
        Applied(x, ModuleWitness.Current is { } witness ? witness.Run(this, x) : Forward(x));

    /// <summary>Calls a function with the module, its input and its output whenever it is applied; what it returns, unless null, becomes the output.</summary>
    /// <param name="function">Sees the output, to measure or to keep it, or replaces it.</param>
    /// <returns>Something that can stop it.</returns>
    /// <remarks>
    /// Hooks run where a module is called by <see cref="Apply"/>, or with more than its input, as attention with a mask or an LSTM with
    /// states; a direct call of <see cref="Forward"/> passes them by.
    /// </remarks>
    public ForwardHook OnForward(Func<Module, Tensor, Tensor, Tensor?> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new ForwardHook(_hooks ??= [], function);
    }

    /// <summary>Calls a function with the module and the gradient by its output in each backward pass; what it returns, unless null, flows on instead.</summary>
    /// <param name="function">Sees the gradient by what this call put out, or replaces it; it must not change it in place.</param>
    /// <returns>Something that can stop it.</returns>
    /// <remarks>
    /// Called as by <see cref="Tensor.OnGradient"/>, for the outputs of the calls that <see cref="OnForward"/> sees. Where nothing is recorded,
    /// and inside Jvp and Vmap, there is no such pass.
    /// </remarks>
    public BackwardHook OnBackward(Func<Module, Tensor, Tensor?> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new BackwardHook(_backwardHooks ??= [], function);
    }

    /// <summary>Runs the hooks; a module calls it where it takes more than one input, <see cref="Apply"/> does for all others.</summary>
    /// <param name="x">The input, the first if there are several.</param>
    /// <param name="y">What was computed of it.</param>
    /// <returns>The output, which hooks may have replaced.</returns>
    protected Tensor Applied(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ShapeTrace.Tell(this, y);
        if (_hooks is not null)
        {
            foreach (ForwardHook hook in _hooks.ToArray())
                y = hook.Function(this, x, y) ?? y;
        }
        return _backwardHooks is { Count: > 0 } hooks && y.Record is { Level: 0 } ? Watched(y, [.. hooks]) : y;
    }

    /// <summary>All parameters, here and inside, with names made of their places: <c>0.weight</c>, <c>encoder.layers.2.bias</c>.</summary>
    /// <exception cref="InvalidOperationException">Two parameters would have the same name.</exception>
    public IReadOnlyList<(string Name, Tensor Value)> NamedParameters()
    {
        List<(string Name, Tensor Value)> named = [.. new ModuleWalk(this).Parameters.Select(found => (found.Name, found.Value))];
        if (named.CountBy(found => found.Name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw new InvalidOperationException($"{GetType().Name} has two parameters named \"{twice}\". Names come from fields and properties, in small letters and without a leading underscore: rename one of the two.");
        return named;
    }

    /// <summary>All parameters, here and inside, as the leaf tensors that optimizers take.</summary>
    public IReadOnlyList<Tensor> Parameters() => [.. new ModuleWalk(this).Parameters.Select(found => found.Value)];

    /// <summary>All buffers, here and inside, with names made of their places: <c>1.running_mean</c>. Save them beside the parameters.</summary>
    /// <exception cref="InvalidOperationException">Two buffers would have the same name.</exception>
    public IReadOnlyList<(string Name, Tensor Value)> NamedBuffers()
    {
        List<(string Name, Tensor Value)> named = [.. new ModuleWalk(this).Buffers.Select(found => (found.Name, found.Buffer.Value))];
        if (named.CountBy(found => found.Name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw new InvalidOperationException($"{GetType().Name} has two buffers named \"{twice}\". Names come from fields and properties, in small letters and without a leading underscore: rename one of the two.");
        return named;
    }

    /// <summary>Makes this module and all inside behave as in training.</summary>
    public void Train() => SetTraining(true);

    /// <summary>Makes this module and all inside behave as in use: nothing is left to chance.</summary>
    public void Eval() => SetTraining(false);

    /// <summary>Forgets the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach ((_, Tensor parameter, _) in new ModuleWalk(this).Parameters)
            parameter.Grad = null;
    }

    /// <summary>Converts all parameters, and buffers that have fractions, to another element type; each becomes a new leaf, so make optimizers afterwards.</summary>
    /// <exception cref="DTypeException">The type has no fractions, or a parameter is a plain tensor, which cannot be exchanged.</exception>
    public void To(DType dtype)
    {
        if (!dtype.IsFloating())
            throw new DTypeException($"To: parameters are float32 or float64, not {dtype.Lower()}.");
        var walk = new ModuleWalk(this);
        foreach ((string name, Tensor value, Parameter? parameter) in walk.Parameters)
        {
            if (parameter is null && value.DType != dtype)
                throw new DTypeException($"To: \"{name}\" is a plain tensor of {value.DType.Lower()} and cannot be exchanged. Keep it as a {nameof(Parameter)}.");
        }
        foreach ((_, _, Parameter? parameter) in walk.Parameters)
            parameter?.To(dtype);
        foreach ((_, Buffer buffer) in walk.Buffers)
            buffer.To(dtype);
    }

    /// <summary>A table of the layers with the shapes that come out of them, found by running zeros of this shape through.</summary>
    /// <param name="input">The shape of the input with its batch axis: <c>[1, 64]</c>.</param>
    public ModuleSummary Summary(Shape input) => ModuleSummary.Of(this, input);

    /// <summary>The module as it stands in tables: its name, and what it was made with.</summary>
    public override string ToString() => GetType().Name;

    // A recorded function goes on being right only as long as the module stays in its mode.
    private void Depend(Recording recording, bool isTraining) => recording.DependsOn(this, () => IsTraining == isTraining);

    /// <summary>What is kept in this module, by place.</summary>
    internal virtual IEnumerable<(string Name, object? Value)> Parts() => ModuleFields.Of(this);

    // A node of its own: what comes out may be what went in, which others use too.
    private Tensor Watched(Tensor y, BackwardHook[] hooks)
    {
        y = IdentityOp.Default.Apply(y);
        if (!y.IsTracked) return y; // under NoGrad
        foreach (BackwardHook hook in hooks)
            y.OnGradient(gradient => hook.Pass(this, gradient));
        return y;
    }

    private void SetTraining(bool value)
    {
        foreach ((_, Module module) in new ModuleWalk(this).Modules)
            module.IsTraining = value;
    }
}
