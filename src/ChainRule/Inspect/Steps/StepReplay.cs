using ChainRule.Autograd;
using ChainRule.Optim;

namespace ChainRule.Inspect;

/// <summary>Makes the events of a recording happen again, from the numbers of its beginning.</summary>
internal sealed class StepReplay(StepRecording recording, IReadOnlyDictionary<int, Tensor?[]> literals, Optimizer? optimizer, OptimizerState? before)
{
    public StepState Run(int position)
    {
        var run = new Tensor?[recording.Tensors.Count];
        for (int i = 0; i < run.Length; i++)
            run[i] = recording.Version(i, 0)?.ToTensor(recording.Tensors[i]);
        using (new NoGrad())
        using (Recording.Pause())
        {
            Dictionary<int, Node> calls = [];
            Tensor?[]? stepped = null;
            for (int i = 0; i < position; i++)
            {
                StepEvent happened = recording.Events[i];
                if (happened.Kind == StepEventKind.Update)
                    stepped ??= Stepped(run);
                Happen(happened, run, calls, stepped);
            }
        }
        return new(recording, position, Array.ConvertAll(run, value => value is null ? null : StepVersion.Of(position, value)));
    }

    /// <summary>An operation with the values of the recording, for its rule.</summary>
    public Node CallOf(StepEvent forward)
    {
        int result = forward.Changes[0];
        return new(forward.Op!, ChainRule.Operands.Of(OperandsOf(forward)), recording.Version(result, forward.Number)!.ToTensor(recording.Tensors[result]));
    }

    /// <summary>What an operation read, as it was then.</summary>
    public Tensor[] OperandsOf(StepEvent forward) => Operands(forward, tensor => recording.Version(tensor, forward.Number)!.ToTensor(recording.Tensors[tensor]));

    private void Happen(StepEvent happened, Tensor?[] run, Dictionary<int, Node> calls, Tensor?[]? stepped)
    {
        switch (happened.Kind)
        {
            case StepEventKind.Forward when happened.Op is not CustomOp:
                Tensor[] operands = Operands(happened, tensor => run[tensor]!);
                Tensor y = happened.Op!.Apply(operands);
                run[happened.Changes[0]] = y;
                calls[happened.Node] = new(happened.Op, ChainRule.Operands.Of(operands), y);
                break;
            case StepEventKind.Backward or StepEventKind.Accumulate when happened.Through is { } through && calls.TryGetValue(through, out Node? call):
                Tensor cotangent = run[recording.TensorOf(through, StepTensorKind.Gradient)!.Id]!;
                Tensor flow = (happened.Op!.VjpOfAll(call, cotangent) is { } all ? all[happened.Operand] : happened.Op.Vjp(happened.Operand, call, cotangent))!;
                run[happened.Changes[0]] = flow;
                run[happened.Changes[1]] = happened.Kind == StepEventKind.Backward ? flow : run[happened.Changes[1]]! + flow;
                break;
            case StepEventKind.Keep:
                run[happened.Changes[0]] = run[happened.Reads[0]];
                break;
            case StepEventKind.Update:
                foreach (int tensor in happened.Changes)
                    run[tensor] = stepped![tensor];
                break;
            default:
                foreach (int tensor in happened.Changes)
                    run[tensor] = recording.Version(tensor, happened.Number)!.ToTensor(recording.Tensors[tensor]);
                break;
        }
    }

    private Tensor[] Operands(StepEvent happened, Func<int, Tensor> value)
    {
        var operands = new Tensor[happened.Reads.Count];
        for (int i = 0; i < operands.Length; i++)
            operands[i] = literals.TryGetValue(happened.Number, out Tensor?[]? frozen) && frozen[i] is { } literal ? literal : value(happened.Reads[i]).Alias();
        return operands;
    }

    // All parameters at once, as the optimizer does it; then everything is put back.
    private Tensor?[] Stepped(Tensor?[] run)
    {
        StepEvent[] updates = [.. recording.Events.Where(happened => happened.Kind == StepEventKind.Update)];
        OptimizerState now = StepUpdates.Copy(optimizer!.State());
        (Tensor Parameter, Tensor Value, Tensor? Grad)[] kept = [.. optimizer!.Parameters.Select(parameter => (parameter, parameter.Alias().Clone(), parameter.Grad))];
        try
        {
            optimizer.Restore(StepUpdates.Copy(before!));
            optimizer.ZeroGrad();
            foreach (StepEvent update in updates)
            {
                Tensor parameter = optimizer.Parameters[update.Operand];
                parameter.CopyFrom(run[update.Changes[0]]!);
                parameter.Grad = run[update.Reads[1]];
            }
            optimizer.Step();
            return Read(updates, run.Length);
        }
        finally
        {
            optimizer.Restore(now);
            foreach ((Tensor parameter, Tensor value, Tensor? grad) in kept)
            {
                parameter.CopyFrom(value);
                parameter.Grad = grad;
            }
        }
    }

    private Tensor?[] Read(StepEvent[] updates, int count)
    {
        OptimizerState after = StepUpdates.Copy(optimizer!.State());
        var stepped = new Tensor?[count];
        foreach (StepEvent update in updates)
        {
            stepped[update.Changes[0]] = optimizer!.Parameters[update.Operand].Alias().Clone();
            foreach ((int which, Tensor memory) in StepUpdates.MemoriesOf(after, update.Operand))
                stepped[update.Changes[1 + which]] = memory;
        }
        return stepped;
    }
}
