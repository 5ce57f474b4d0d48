using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>Computes something once more, without recording, and finds the first operation that made NaN or infinity of finite numbers.</summary>
internal sealed class FirstNonFinite : ModuleWitness
{
    private readonly Dictionary<Module, string> _paths = new(ReferenceEqualityComparer.Instance);
    private (string Operation, string Place)? _found;
    private string _place = "";

    private FirstNonFinite(Module model)
    {
        foreach ((string path, Module module) in new ModuleWalk(model).Modules)
            _paths[module] = path;
    }

    public static (string Operation, string Place)? Run(Module model, Func<Tensor> function)
    {
        var search = new FirstNonFinite(model);
        (Action<Op, Operands, Tensor>? outerWitness, ModuleWitness? outer) = (Interpreter.Witness, Current);
        using var quiet = new NoGrad();
        Interpreter.Witness = search.Seen;
        Current = search;
        try
        {
            function();
        }
        finally
        {
            (Interpreter.Witness, Current) = (outerWitness, outer);
        }
        return search._found;
    }

    public override Tensor Run(Module module, Tensor x)
    {
        string outer = _place;
        _place = _paths.GetValueOrDefault(module, outer);
        try
        {
            return module.Forward(x);
        }
        finally
        {
            _place = outer;
        }
    }

    private void Seen(Op op, Operands operands, Tensor result)
    {
        if (_found is not null) return;
        // Reading values is an operation too, which must not be seen.
        Interpreter.Witness = null;
        bool isOrigin = IsBroken(result);
        for (int i = 0; i < operands.Count && isOrigin; i++)
            isOrigin = !IsBroken(operands[i]);
        Interpreter.Witness = Seen;
        if (isOrigin)
            _found = (op.Name, _place);
    }

    private static bool IsBroken(Tensor x) => x.DType.IsFloating() && Array.Exists(Gauge.Values(x), value => !double.IsFinite(value));
}
