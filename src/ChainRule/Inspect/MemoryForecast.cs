using ChainRule.Memory;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Inspect;

/// <summary>Runs a step on tensors without memory and adds up who would hold what; leaves model and optimizer as they are.</summary>
internal sealed class MemoryForecast(Module model, Optimizer? optimizer, Tensor[] batch)
{
    private readonly ModuleWalk _walk = new(model);
    private readonly Dictionary<Module, LayerBytes> _layers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, Module> _owners = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _counted = new(ReferenceEqualityComparer.Instance);

    public MemoryPlan OfStep(Func<Tensor[], Tensor> loss)
    {
        long batchBytes = Start(), stateBytes = 0;
        using Optimizer.Rehearsal? rehearsal = optimizer?.Rehearse();
        using (Setting(isTraining: true))
        {
            if (rehearsal is not null)
                stateBytes = Remembered(rehearsal);
            using var ledger = new StorageLedger();
            RunStep(loss, ledger, rehearsal);
            long working = Attribute(ledger);
            (long? compiled, string? refusal) = optimizer is null ? (null, null) : Compiled(loss);
            return new MemoryPlan("A training step", Rows())
            {
                PeakPhase = (MemoryPhase)ledger.PeakPhase,
                BatchBytes = batchBytes,
                WorkingBytes = working,
                CompiledBytes = compiled + batchBytes + stateBytes + _layers.Values.Sum(layer => layer.Parameters),
                CompileRefusal = refusal,
            };
        }
    }

    public MemoryPlan OfInference()
    {
        long batchBytes = Start();
        using (Setting(isTraining: false))
        using (var ledger = new StorageLedger())
        {
            using (new NoGrad())
            using (new LayerTrace(_walk, ledger))
                GC.KeepAlive(model.Apply(batch[0]));
            return new MemoryPlan("An inference", Rows(Attribute(ledger))) { BatchBytes = batchBytes };
        }
    }

    // What is there before: parameters, buffers, the batch.
    private long Start()
    {
        foreach ((_, Module module) in _walk.Modules)
        {
            var own = new ModuleWalk(module, isDeep: false);
            var bytes = new LayerBytes { IsShown = own.Parameters.Count > 0 || own.Modules.Count == 1 };
            foreach ((_, Tensor value, _) in own.Parameters)
            {
                _owners.TryAdd(value, module);
                bytes.Parameters += First(value);
            }
            foreach ((_, Nn.Buffer buffer) in own.Buffers)
                bytes.Parameters += First(((IRecordedState)buffer).Present);
            _layers[module] = bytes;
        }
        foreach (Tensor parameter in optimizer?.Parameters ?? [])
        {
            if (_owners.TryAdd(parameter, model))
                _layers[model].Parameters += First(parameter);
        }
        return batch.Sum(First);
    }

    // Several tensors may lie in one piece of memory.
    private long First(Tensor x) => _counted.Add(x.MemoryOwner) ? StorageLedger.Taken(x.Storage.ByteCount) : 0;

    private long Remembered(Optimizer.Rehearsal rehearsal)
    {
        long sum = 0;
        using (new StorageLedger())
            rehearsal.Step(parameter => Tensor.Zeros(parameter.Shape, parameter.DType));
        for (int i = 0; i < optimizer!.Parameters.Count; i++)
        {
            long bytes = rehearsal.Memories(i).Sum(First);
            _layers[_owners[optimizer.Parameters[i]]].State += bytes;
            sum += bytes;
        }
        return sum;
    }

    private void RunStep(Func<Tensor[], Tensor> loss, StorageLedger ledger, Optimizer.Rehearsal? rehearsal)
    {
        Tensor result;
        using (new LayerTrace(_walk, ledger))
            result = loss(batch);
        ledger.Phase = (int)MemoryPhase.Backward;
        ledger.Owner = null;
        result.Backward();
        ledger.Phase = (int)MemoryPhase.Update;
        rehearsal?.Step(parameter => parameter.Gradient);
        GC.KeepAlive(result);
        foreach ((Tensor parameter, Module owner) in _owners)
        {
            foreach (LedgerEntry entry in ledger.AtPeak)
            {
                if (parameter.HasGradient && entry.IsOf(parameter.Gradient!.Storage))
                    entry.Owner = _layers[owner];
            }
        }
    }

    // The gradients of parameters were marked by what their layer holds; the rest of the backward pass is work.
    private long Attribute(StorageLedger ledger)
    {
        long working = 0;
        foreach (LedgerEntry entry in ledger.AtPeak)
        {
            if (entry.Owner is LayerBytes gradients)
                gradients.Gradients += entry.Bytes;
            else if (entry is { Phase: (int)MemoryPhase.Forward, Owner: Module owner })
                _layers.GetValueOrDefault(owner, _layers[model]).Kept += entry.Bytes;
            else
                working += entry.Bytes;
        }
        return working;
    }

    private (long? Bytes, string? Refusal) Compiled(Func<Tensor[], Tensor> loss)
    {
        try
        {
            using (new StorageLedger())
            {
                (Plan plan, Tensor[] results) = Compile.Step(optimizer!, loss).Rehearse(batch);
                long constants = plan.Graph.Nodes.Where(node => node.Kind == GraphNodeKind.Constant).Sum(node => First(node.Tensor!));
                long given = results.Sum(result => StorageLedger.Taken(result.ElementCount * result.DType.Size()));
                return (StorageLedger.Taken(plan.ArenaBytes) + constants + given, null);
            }
        }
        catch (CompileException refusal)
        {
            return (null, refusal.Message);
        }
    }

    private List<MemoryRow> Rows(long working = 0)
    {
        _layers[model].Kept += working;
        var rows = new List<MemoryRow>();
        foreach ((string name, Module module) in _walk.Modules)
        {
            LayerBytes bytes = _layers[module];
            var row = new MemoryRow(name, module.ToString(), bytes.Parameters, bytes.Gradients, bytes.State, bytes.Kept);
            if (bytes.IsShown || row.Total > 0)
                rows.Add(row);
        }
        return rows;
    }

    // Modes, states, gradients and random draws as they were, afterwards.
    private Restoring Setting(bool isTraining) => new(this, isTraining);

    /// <summary>What one layer holds so far.</summary>
    private sealed class LayerBytes
    {
        public bool IsShown { get; init; }

        public long Parameters { get; set; }

        public long Gradients { get; set; }

        public long State { get; set; }

        public long Kept { get; set; }
    }

    /// <summary>Sets back what a run changes.</summary>
    private sealed class Restoring : IDisposable
    {
        private readonly MemoryForecast _forecast;
        private readonly bool[] _modes;
        private readonly Tensor[] _buffers;
        private readonly object?[] _gradients;
        private readonly Tensor[] _parameters;
        private readonly RandomDraws.Scope _draws = RandomDraws.Idle();

        public Restoring(MemoryForecast forecast, bool isTraining)
        {
            _forecast = forecast;
            _modes = [.. forecast._walk.Modules.Select(found => found.Module.IsTraining)];
            _buffers = [.. forecast._walk.Buffers.Select(found => ((IRecordedState)found.Buffer).Present)];
            _parameters = [.. forecast._owners.Keys];
            _gradients = Array.ConvertAll(_parameters, parameter => parameter.LeftGradient);
            foreach (Tensor parameter in _parameters)
                parameter.LeftGradient = null;
            foreach ((_, Module module) in forecast._walk.Modules)
                module.IsTraining = isTraining;
        }

        public void Dispose()
        {
            for (int i = 0; i < _modes.Length; i++)
                _forecast._walk.Modules[i].Module.IsTraining = _modes[i];
            for (int i = 0; i < _buffers.Length; i++)
                ((IRecordedState)_forecast._walk.Buffers[i].Buffer).Present = _buffers[i];
            for (int i = 0; i < _parameters.Length; i++)
                _parameters[i].LeftGradient = _gradients[i];
            _draws.Dispose();
        }
    }
}
