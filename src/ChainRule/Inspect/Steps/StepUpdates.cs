using ChainRule.Optim;

namespace ChainRule.Inspect;

/// <summary>One step of an optimizer as events: each parameter, and what the optimizer remembers of it.</summary>
internal sealed class StepUpdates
{
    private const string MemoryMark = ".memory.";

    private readonly Optimizer _optimizer;
    private readonly StepRecorder _recorder;
    private readonly Dictionary<(int Parameter, int Which), int> _memories = [];

    public StepUpdates(Optimizer optimizer, StepRecorder recorder)
    {
        (_optimizer, _recorder) = (optimizer, recorder);
        Before = Copy(optimizer.State());
    }

    /// <summary>What the optimizer remembered before the step, in memory of its own.</summary>
    public OptimizerState Before { get; }

    /// <summary>The state in memory of its own: an optimizer takes the tensors of a state as they are, and changes them in place.</summary>
    public static OptimizerState Copy(OptimizerState state)
    {
        using (new NoGrad())
        using (Recording.Pause())
            return new OptimizerState(state.Notes, state.Tensors.ToDictionary(entry => entry.Key, entry => entry.Value.Clone()));
    }

    /// <summary>The memories of a parameter in a state, in their order.</summary>
    public static IEnumerable<(int Which, Tensor Value)> MemoriesOf(OptimizerState state, int parameter)
    {
        for (int which = 0; state.Tensors.TryGetValue(FormattableString.Invariant($"{parameter}{MemoryMark}{which}"), out Tensor? memory); which++)
            yield return (which, memory);
    }

    /// <summary>Notes what the optimizer remembers before the step.</summary>
    public void Begin()
    {
        for (int i = 0; i < _optimizer.Parameters.Count; i++)
        {
            if (_recorder.NodeOf(_optimizer.Parameters[i]) is not { } node) continue;
            foreach ((int which, Tensor memory) in MemoriesOf(Before, i))
                _recorder.Store.Set(TensorOf(node, i, which, memory), 0, memory);
        }
    }

    /// <summary>Steps, and notes what became of each parameter that had a gradient.</summary>
    public void Step()
    {
        _optimizer.Step();
        OptimizerState after = _optimizer.State();
        for (int i = 0; i < _optimizer.Parameters.Count; i++)
        {
            Tensor parameter = _optimizer.Parameters[i];
            if (!parameter.IsLeaf || parameter.Grad is null || _recorder.NodeOf(parameter) is not { } node) continue;
            Add(i, node, parameter, after);
        }
    }

    private void Add(int index, int node, Tensor parameter, OptimizerState after)
    {
        int number = _recorder.Events.Count + 1;
        string name = _recorder.NameOf(node);
        StepTensor value = _recorder.Store.Tensors.First(tensor => tensor.Node == node && tensor.Kind == StepTensorKind.Value);
        StepTensor? grad = _recorder.Store.Tensors.FirstOrDefault(tensor => tensor.Node == node && tensor.Kind == StepTensorKind.Grad);
        GraphValue before = _recorder.Store.At(value.Id, number)!.Shown;
        List<int> changes = [value.Id], reads = grad is null ? [value.Id] : [value.Id, grad.Id];
        string memories = "";
        foreach ((int which, Tensor memory) in MemoriesOf(after, index))
        {
            int tensor = TensorOf(node, index, which, memory);
            if (_recorder.Store.At(tensor, number) is not null)
                reads.Add(tensor);
            changes.Add(tensor);
            memories += $"; {StepText.Memory(_optimizer, which, name)} = {_recorder.Store.Set(tensor, number, memory)}";
        }
        GraphValue shown = _recorder.Store.Set(value.Id, number, parameter);
        string rule = StepText.Rule(_optimizer, index, name);
        _recorder.Add(StepEventKind.Update, node, $"{name} ← {rule}: {before} → {shown}{memories}", rule, reads, changes, operand: index);
    }

    private int TensorOf(int node, int parameter, int which, Tensor memory)
    {
        if (!_memories.TryGetValue((parameter, which), out int tensor))
            _memories[(parameter, which)] = tensor = _recorder.Store.Add(node, StepTensorKind.Memory, StepText.Memory(_optimizer, which, _recorder.NameOf(node)), memory.Spec);
        return tensor;
    }
}
