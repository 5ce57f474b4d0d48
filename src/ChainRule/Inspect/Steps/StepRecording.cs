using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Inspect;

/// <summary>
/// A forward pass, its backward pass and an optimizer's step as a list of events that can be walked both ways, with the state of every
/// tensor after each, exact to the last bit: <c>StepRecording.Of(() => Loss.MeanSquaredError(model.Apply(x), y), optimizer, model)</c>
/// </summary>
/// <remarks>Immutable; it holds copies, each change once. State k is the one after k events, state 0 the beginning.</remarks>
public sealed partial class StepRecording
{
    /// <summary>How much memory a recording may take if nothing else is asked for, in bytes.</summary>
    public const long DefaultMostBytes = 256L << 20;

    private readonly StepStore _store;
    private readonly StepReplay _replay;

    private StepRecording(StepRecorder recorder, Optimizer? optimizer, OptimizerState? before)
    {
        (_store, Graph, Events) = (recorder.Store, recorder.Graph!, recorder.Events);
        _store.Close();
        _replay = new(this, recorder.Literals, optimizer, before);
    }

    /// <summary>The events in the order in which they happened; the first has number 1.</summary>
    public IReadOnlyList<StepEvent> Events { get; }

    /// <summary>How many events there are.</summary>
    public int Count => Events.Count;

    /// <summary>What was computed from what, to draw; its values are those of the forward pass.</summary>
    public GraphView Graph { get; }

    /// <summary>Every tensor that is followed.</summary>
    public IReadOnlyList<StepTensor> Tensors => _store.Tensors;

    /// <summary>The memory that the numbers take, in bytes.</summary>
    public long Bytes => _store.Bytes;

    /// <summary>
    /// Records a function while it runs once on this thread, and its backward pass if its result is tracked. Without an optimizer it leaves
    /// nothing behind; with one it is a training step: ZeroGrad, the function, Backward, Step.
    /// </summary>
    /// <param name="loss">Computes the loss, a single number.</param>
    /// <param name="optimizer">Makes a step at the end.</param>
    /// <param name="model">The model in it, whose parts are named by their paths.</param>
    /// <param name="names">What to call further tensors.</param>
    /// <param name="mostBytes">The memory that the recording may take.</param>
    /// <exception cref="StepLimitException">It would take more.</exception>
    /// <exception cref="DifferentiationException">The result is not a single number; or there is an optimizer, and nothing for it to do.</exception>
    public static StepRecording Of(Func<Tensor> loss, Optimizer? optimizer = null, Module? model = null, IEnumerable<(string Name, Tensor Value)>? names = null, long mostBytes = DefaultMostBytes)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Bounds.AtLeast(mostBytes, 1, nameof(StepRecording), nameof(mostBytes));
        Recording.Current?.Refuse(nameof(StepRecording), "Record the function itself, before it is compiled.");
        var recorder = new StepRecorder(model, new GivenNames(names), mostBytes);
        StepUpdates? updates = optimizer is null ? null : new(optimizer, recorder);
        optimizer?.ZeroGrad();
        Tensor result = recorder.Forward(loss);
        if (!result.IsTracked && optimizer is not null)
            throw new DifferentiationException($"StepRecording: the loss, a {result.DType.Lower()} tensor of shape {result.Shape}, depends on nothing that requires a gradient, so the optimizer has nothing to do. GradientTrace.Run(() => ComputeLoss(), optimizer.Parameters) names what cuts it off.");
        updates?.Begin();
        if (result.IsTracked)
            recorder.Backward(result, keeps: optimizer is not null);
        updates?.Step();
        return new(recorder, optimizer, updates?.Before);
    }

    /// <summary>The state after so many events.</summary>
    /// <param name="position">From 0, the beginning, to <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of that.</exception>
    public StepState StateAt(int position)
    {
        Bounds.Place(position, Count + 1, nameof(StateAt), nameof(position));
        var versions = new StepVersion?[Tensors.Count];
        for (int i = 0; i < versions.Length; i++)
            versions[i] = _store.At(i, position);
        return new(this, position, versions);
    }

    /// <summary>The state after so many events computed anew from state 0, each operation and each rule run again: the same bytes as <see cref="StateAt"/>.</summary>
    /// <remarks>
    /// The optimizer's step runs on the optimizer itself, and then all that it changed is put back. What only the caller could do again is
    /// taken as it was recorded: writes in place, hooks, functions with a gradient of their own, and operations inside Vmap or Jvp.
    /// </remarks>
    /// <param name="position">From 0, the beginning, to <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of that.</exception>
    public StepState Replay(int position)
    {
        Bounds.Place(position, Count + 1, nameof(Replay), nameof(position));
        return _replay.Run(position);
    }

    /// <summary>A cursor at the beginning.</summary>
    public StepWalk Walk() => new(this);

    /// <summary>The tensor of a kind that belongs to a node; null if there is none. Of several products it is the first.</summary>
    public StepTensor? TensorOf(int node, StepTensorKind kind) => Tensors.FirstOrDefault(tensor => tensor.Node == node && tensor.Kind == kind);

    internal Tensor[] OperandsOf(StepEvent forward) => _replay.OperandsOf(forward);

    internal StepVersion? Version(int tensor, int position) => _store.At(tensor, position);

    internal IReadOnlyList<StepVersion> Versions(int tensor) => _store.VersionsOf(tensor);
}
