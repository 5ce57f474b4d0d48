namespace ChainRule.Nn;

/// <summary>Finds what shapes come out of the modules of a model by running zeros through it.</summary>
/// <remarks>
/// Modules in a row are run one by one. Inside a module of someone's own only operations are seen, so the output of a layer is
/// the last result there that a parameter of it went into.
/// </remarks>
internal sealed class ShapeTrace
{
    private readonly ModuleWalk _walk;
    private readonly Dictionary<Module, Shape> _outputs = new(ReferenceEqualityComparer.Instance);

    public ShapeTrace(ModuleWalk walk) => _walk = walk;

    public Dictionary<Module, Shape> Run(Module model, Shape input)
    {
        bool[] wasTraining = [.. _walk.Modules.Select(found => found.Module.IsTraining)];
        DType dtype = _walk.Parameters.Select(found => found.Value.DType).FirstOrDefault(DType.Float32);
        Action<Op, Operands, Tensor>? outerWitness = Interpreter.Witness;
        Interpreter.Witness = Witness();
        try
        {
            model.Eval();
            using (new NoGrad())
                Enter(model, Tensor.Zeros(input, dtype));
        }
        finally
        {
            Interpreter.Witness = outerWitness;
            for (int i = 0; i < wasTraining.Length; i++)
                _walk.Modules[i].Module.IsTraining = wasTraining[i];
        }
        return _outputs;
    }

    private Tensor Enter(Module module, Tensor x)
    {
        if (module is Sequential layers)
        {
            foreach (Module layer in layers)
                x = Enter(layer, x);
        }
        else
        {
            x = module.Forward(x);
        }
        _outputs[module] = x.Shape;
        return x;
    }

    private Action<Op, Operands, Tensor> Witness()
    {
        var owners = new Dictionary<object, Module>(ReferenceEqualityComparer.Instance);
        foreach ((_, Module module) in _walk.Modules)
        {
            foreach ((_, Tensor value, _) in new ModuleWalk(module, isDeep: false).Parameters)
                owners.TryAdd(value.Storage, module);
        }
        return (_, operands, result) =>
        {
            for (int i = 0; i < operands.Count; i++)
            {
                bool isView = ReferenceEquals(operands[i].Storage, result.Storage);
                if (!isView && owners.TryGetValue(operands[i].Storage, out Module? owner))
                    _outputs[owner] = result.Shape;
            }
        };
    }
}
