namespace ChainRule;

/// <summary>A graph ready to be replayed: its kernels in order, over memory that is decided.</summary>
internal sealed class Plan
{
    private bool _isBound;

    public required Graph Graph { get; init; }

    public required PlannedMemory Memory { get; init; }

    public required GraphLayout Layout { get; init; }

    public required PlannedKernel[] Kernels { get; init; }

    public required InputSlot[] Inputs { get; init; }

    public required (IRecordedState State, InputSlot Slot)[] States { get; init; }

    public required ResultSlot[] Results { get; init; }

    public required (IRecordedState State, ResultSlot Slot)[] Writes { get; init; }

    /// <summary>The bytes of the one piece of memory.</summary>
    public required long ArenaBytes { get; init; }

    /// <summary>What all results of operations would take beside each other.</summary>
    public required long ResultBytes { get; init; }

    /// <summary>Which nodes go through memory, and not through a tile only.</summary>
    public required bool[] IsInMemory { get; init; }

    /// <summary>Replays the graph; <paramref name="check"/> compares each kernel with eager execution.</summary>
    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> results, bool mayWriteEarly, PlanCheck? check = null)
    {
        for (int i = 0; i < Inputs.Length; i++)
            Inputs[i].Bind(inputs[i]);
        foreach ((IRecordedState state, InputSlot slot) in States)
            slot.Bind(state.Present);
        for (int i = 0; i < Results.Length; i++)
            Results[i].Bind(results[i], mayWriteEarly);
        foreach (KeySlot key in Graph.Keys)
            key.Renew();
        if (Writes.Length == 0)
        {
            Compute(check);
            for (int i = 0; i < Results.Length; i++)
                Results[i].Deliver(results[i]);
        }
        else
        {
            RunWithStates(results, check);
        }
        foreach (Tensor input in inputs)
            GC.KeepAlive(input);
        // The kernels know addresses only: what holds the memory must not go before they are done.
        GC.KeepAlive(this);
    }

    /// <summary>Lets someone run the kernels over made-up arguments, beside all that is kept outside.</summary>
    public void Rehearse(Action<PlannedKernel[]> work)
    {
        Tensor[] inputs = Array.ConvertAll(Inputs, slot => PlannedMemory.MadeUp(slot.Window.Spec));
        Tensor[] results = Array.ConvertAll(Results, slot => PlannedMemory.Stable(slot.Value.Spec));
        Tensor[] written = Array.ConvertAll(Writes, write => PlannedMemory.Stable(write.Slot.Value.Spec));
        for (int i = 0; i < Inputs.Length; i++)
            Inputs[i].Bind(inputs[i]);
        foreach ((IRecordedState state, InputSlot slot) in States)
            slot.Bind(state.Present);
        for (int i = 0; i < Results.Length; i++)
            Results[i].Bind(results[i], mayWriteEarly: true);
        for (int i = 0; i < Writes.Length; i++)
            Writes[i].Slot.Bind(written[i], mayWriteEarly: true);
        BindOnce();
        work(Kernels);
        foreach (Tensor[] alive in new[] { inputs, results, written })
            GC.KeepAlive(alive);
        GC.KeepAlive(this);
    }

    // What is kept outside gets a new tensor, so that whoever has the old one goes on with the old values, as in eager execution.
    private void RunWithStates(ReadOnlySpan<Tensor> results, PlanCheck? check)
    {
        var written = new Tensor[Writes.Length];
        for (int i = 0; i < written.Length; i++)
        {
            written[i] = PlannedMemory.Fresh(Writes[i].Slot.Value.Spec);
            Writes[i].Slot.Bind(written[i], mayWriteEarly: true);
        }
        Compute(check);
        for (int i = 0; i < Results.Length; i++)
            Results[i].Deliver(results[i]);
        for (int i = 0; i < written.Length; i++)
        {
            Writes[i].Slot.Deliver(written[i]);
            Writes[i].State.Present = written[i];
        }
    }

    private void Compute(PlanCheck? check)
    {
        BindOnce();
        if (check is not null)
        {
            check.Run();
            return;
        }
        foreach (PlannedKernel kernel in Kernels)
            kernel.Run();
    }

    private void BindOnce()
    {
        if (_isBound) return;
        foreach (PlannedKernel kernel in Kernels)
            kernel.Bind();
        _isBound = true;
    }
}
