namespace ChainRule.Nn;

/// <summary>Finds what shapes come out of the modules of a model by running zeros through it.</summary>
/// <remarks>
/// Modules in a row are run one by one. Inside a module of someone's own only operations are seen, so the output of a layer is
/// the last result there that a parameter of it went into, unless the layer was applied by <see cref="Module.Apply"/> or tells it.
/// </remarks>
internal sealed class ShapeTrace
{
    [ThreadStatic]
    private static ShapeTrace? _current;

    private readonly ModuleWalk _walk;
    private readonly Dictionary<Module, Shape> _outputs = new(ReferenceEqualityComparer.Instance);

    public ShapeTrace(ModuleWalk walk) => _walk = walk;

    /// <summary>Says what came out of a module, if anyone wants to know.</summary>
    public static void Tell(Module module, Tensor output)
    {
        if (_current is { } trace)
            trace._outputs[module] = output.Shape;
    }

    public Dictionary<Module, Shape> Run(Module model, Shape input)
    {
        bool[] wasTraining = [.. _walk.Modules.Select(found => found.Module.IsTraining)];
        DType dtype = _walk.Parameters.Select(found => found.Value.DType).FirstOrDefault(DType.Float32);
        Action<Op, Operands, Tensor>? outerWitness = Interpreter.Witness;
        ShapeTrace? outer = _current;
        (Interpreter.Witness, _current) = (Witness(), this);
        try
        {
            model.Eval();
            using (new NoGrad())
                Enter(model, Tensor.Zeros(input, dtype));
        }
        finally
        {
            (Interpreter.Witness, _current) = (outerWitness, outer);
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
