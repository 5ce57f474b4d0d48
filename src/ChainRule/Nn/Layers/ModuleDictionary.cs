using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ChainRule.Nn;

/// <summary>Modules by name that a module of your own calls; the names are their places, as in PyTorch.</summary>
/// <remarks>Any dictionary of modules is found as well. This one keeps the order in which they were added.</remarks>
public sealed class ModuleDictionary : Module, IReadOnlyDictionary<string, Module>
{
    private readonly OrderedDictionary<string, Module> _modules = new(StringComparer.Ordinal);

    /// <summary>The number of modules.</summary>
    public int Count => _modules.Count;

    /// <summary>The names in order.</summary>
    public IEnumerable<string> Keys => _modules.Keys;

    /// <summary>The modules in order.</summary>
    public IEnumerable<Module> Values => _modules.Values;

    /// <summary>The module of a name. One that is set takes the place of an older one, or the last place.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Module this[string key]
    {
        get => _modules.TryGetValue(key, out Module? module) ? module : throw new KeyNotFoundException($"{this}: there is no \"{key}\".");
        set
        {
            ArgumentNullException.ThrowIfNull(key);
            ArgumentNullException.ThrowIfNull(value);
            Require(key, nameof(key));
            _modules[key] = value;
        }
    }

    /// <summary>Adds a module at the end.</summary>
    /// <exception cref="ArgumentException">There is one of that name, or the name is empty or has a dot.</exception>
    public void Add(string name, Module module)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(module);
        Require(name, nameof(name));
        if (!_modules.TryAdd(name, module))
            throw new ArgumentException($"{this}: there is a \"{name}\" already.", nameof(name));
    }

    /// <summary>Whether there is a module of this name.</summary>
    public bool ContainsKey(string key) => _modules.ContainsKey(key);

    /// <summary>The module of a name, if there is one.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Module value) => _modules.TryGetValue(key, out value);

    /// <summary>A dictionary is no function.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override Tensor Forward(Tensor x) => throw new NotSupportedException($"{this}: a dictionary of modules is no function. Call its modules.");

    /// <summary>For example <c>ModuleDictionary(encoder, decoder)</c>.</summary>
    public override string ToString() => $"ModuleDictionary({string.Join(", ", _modules.Keys)})";

    /// <summary>Goes through names and modules in order.</summary>
    public IEnumerator<KeyValuePair<string, Module>> GetEnumerator() => _modules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _modules.GetEnumerator();

    internal override IEnumerable<(string Name, object? Value)> Parts() => _modules.Select(entry => (entry.Key, (object?)entry.Value));

    private static void Require(string name, string argument)
    {
        // Names of parameters are places joined by dots.
        if (name.Length == 0 || name.Contains('.', StringComparison.Ordinal))
            throw new ArgumentException($"ModuleDictionary: \"{name}\" is no name for a place; it must not be empty or have a dot.", argument);
    }
}
