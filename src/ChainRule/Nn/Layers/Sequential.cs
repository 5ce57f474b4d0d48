using System.Collections;
using System.Globalization;

namespace ChainRule.Nn;

/// <summary>Modules one after the other: the output of each is the input of the next.</summary>
public sealed class Sequential : Module, IReadOnlyList<Module>
{
    private readonly List<Module> _layers = [];

    /// <summary>Makes a sequence; more can be added.</summary>
    public Sequential(params ReadOnlySpan<Module> layers)
    {
        foreach (Module layer in layers)
            Add(layer);
    }

    /// <summary>The number of modules.</summary>
    public int Count => _layers.Count;

    /// <summary>One module; <c>network[^1]</c> is the last.</summary>
    public Module this[int index] => _layers[Bounds.Place(index, Count, nameof(Sequential), nameof(index))];

    /// <summary>Adds a module at the end.</summary>
    public void Add(Module layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        _layers.Add(layer);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        foreach (Module layer in _layers)
            x = layer.Apply(x);
        return x;
    }

    /// <summary>Goes through the modules in order.</summary>
    public IEnumerator<Module> GetEnumerator() => _layers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _layers.GetEnumerator();

    // The places are the numbers alone, as in PyTorch: 0.weight.
    internal override IEnumerable<(string Name, object? Value)> Parts() =>
        _layers.Select((layer, index) => (index.ToString(CultureInfo.InvariantCulture), (object?)layer));
}
