namespace ChainRule.Inspect;

/// <summary>What the caller calls tensors, found by the tensor itself or by its memory.</summary>
internal sealed class GivenNames
{
    private readonly Dictionary<object, string> _names = new(ReferenceEqualityComparer.Instance);

    public GivenNames(IEnumerable<(string Name, Tensor Value)>? names)
    {
        foreach ((string name, Tensor value) in names ?? [])
            Add(name, value);
    }

    public void Add(string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        _names.TryAdd(value, name);
        _names.TryAdd(value.MemoryOwner, name);
    }

    /// <summary>The name, or null.</summary>
    public string? Of(Tensor x) => _names.TryGetValue(x, out string? name) || _names.TryGetValue(x.MemoryOwner, out name) ? name : null;

    /// <summary>The module's part of a parameter's name: <c>encoder.0</c> of <c>encoder.0.weight</c>.</summary>
    public static string ModuleOf(string? name)
    {
        string path = name?.LastIndexOf('.') is int dot and > 0 ? name[..dot] : "";
        // Dots without names between them are no places.
        return path.Split('.').Contains("") ? "" : path;
    }
}
