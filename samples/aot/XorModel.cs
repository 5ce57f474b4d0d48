using ChainRule.Nn;

namespace ChainRule.Samples.Aot;

/// <summary>A network that keeps its parts in every way that a module can, and registers none of them.</summary>
internal sealed class XorModel(RandomKey key) : Module
{
    /// <summary>The names that must be found, in the order of declaration.</summary>
    public static readonly string[] ParameterNames =
    [
        "input.weight", "input.bias", "hidden.1.weight", "hidden.1.bias", "last.0.weight", "last.0.bias",
        "scales.gain", "scales.offset", "gate.strength",
    ];

    public Linear Input { get; } = new(2, 8, key.Child(0));

    private readonly Module[] _hidden = [new Tanh(), new Linear(8, 8, key.Child(1)), new Tanh()];
    private readonly List<Linear> _last = [new Linear(8, 1, key.Child(2))];
    private readonly Dictionary<string, Parameter> _scales = new() { ["gain"] = new(Tensor.Ones([1])), ["offset"] = new(Tensor.Zeros([1])) };
    private readonly Gate _gate = new();

    public override Tensor Forward(Tensor x)
    {
        x = Input.Forward(x);
        foreach (Module module in _hidden)
            x = module.Forward(x);
        foreach (Linear layer in _last)
            x = layer.Forward(x);
        return _gate.Forward(x * _scales["gain"].Value + _scales["offset"].Value);
    }

    private sealed class Gate : Module
    {
        private readonly Tensor _strength = Tensor.Ones([1]).RequiresGrad();

        public override Tensor Forward(Tensor x) => x * _strength;
    }
}
