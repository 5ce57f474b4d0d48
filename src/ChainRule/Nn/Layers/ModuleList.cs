using System.Collections;
using System.Globalization;

namespace ChainRule.Nn;

/// <summary>Modules in a row that a module of your own calls one by one; their places are numbers, as in PyTorch.</summary>
/// <remarks>Any array or list of modules is found as well. This one can be shown, summarized and converted by itself.</remarks>
public sealed class ModuleList : Module, IReadOnlyList<Module>
{
    private readonly List<Module> _modules = [];

    /// <summary>Makes a list; more can be added.</summary>
    public ModuleList(params ReadOnlySpan<Module> modules)
    {
        foreach (Module module in modules)
            Add(module);
    }

    /// <summary>The number of modules.</summary>
    public int Count => _modules.Count;

    /// <summary>One module.</summary>
    public Module this[int index]
    {
        get => _modules[Bounds.Place(index, Count, nameof(ModuleList), nameof(index))];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _modules[Bounds.Place(index, Count, nameof(ModuleList), nameof(index))] = value;
        }
    }

    /// <summary>Adds a module at the end.</summary>
    public void Add(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        _modules.Add(module);
    }

    /// <summary>Puts a module before the one at this place; those behind it move on.</summary>
    public void Insert(int index, Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        _modules.Insert(Bounds.Place(index, Count + 1, nameof(ModuleList), nameof(index)), module);
    }

    /// <summary>A list is no function.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override Tensor Forward(Tensor x) =>
        throw new NotSupportedException($"{this}: a list of modules is no function. Call its modules, or use {nameof(Sequential)} to run them one after the other.");

    /// <summary>For example <c>ModuleList(3)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ModuleList({Count})");

    /// <summary>Goes through the modules in order.</summary>
    public IEnumerator<Module> GetEnumerator() => _modules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _modules.GetEnumerator();

    internal override IEnumerable<(string Name, object? Value)> Parts() =>
        _modules.Select((module, index) => (index.ToString(CultureInfo.InvariantCulture), (object?)module));
}
