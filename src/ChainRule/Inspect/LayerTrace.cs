using ChainRule.Memory;
using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>Tells a ledger which layer takes the memory: the one that is applied, or whose parameter went into an operation last.</summary>
internal sealed class LayerTrace : ModuleWitness, IDisposable
{
    private readonly StorageLedger _ledger;
    private readonly Dictionary<object, Module> _owners = new(ReferenceEqualityComparer.Instance);
    private readonly (Action<Op, Operands, Tensor>? Operations, ModuleWitness? Modules) _outer = (Interpreter.Witness, Current);

    public LayerTrace(ModuleWalk walk, StorageLedger ledger)
    {
        _ledger = ledger;
        _ledger.Owner = walk.Modules[0].Module;
        foreach ((_, Module module) in walk.Modules)
        {
            foreach ((_, Tensor value, _) in new ModuleWalk(module, isDeep: false).Parameters)
                _owners.TryAdd(value.MemoryOwner, module);
        }
        (Interpreter.Witness, Current) = (Applied, this);
    }

    public override Tensor Run(Module module, Tensor x)
    {
        object? outer = _ledger.Owner;
        _ledger.Owner = module;
        try
        {
            return module.Forward(x);
        }
        finally
        {
            _ledger.Owner = outer;
        }
    }

    public void Dispose() => (Interpreter.Witness, Current) = _outer;

    private void Applied(Op op, Operands x, Tensor y)
    {
        for (int i = 0; i < x.Count; i++)
        {
            if (!_owners.TryGetValue(x[i].MemoryOwner, out Module? owner)) continue;
            _ledger.Owner = owner;
            _ledger.Assign(y.Storage, owner);
            return;
        }
    }
}
