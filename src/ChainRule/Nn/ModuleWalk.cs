using System.Collections;
using System.Globalization;

namespace ChainRule.Nn;

/// <summary>One walk over a module and what it keeps, in order of declaration, meeting each shared part once.</summary>
internal sealed class ModuleWalk
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly bool _isDeep;

    public ModuleWalk(Module root, bool isDeep = true)
    {
        _isDeep = isDeep;
        _seen.Add(root);
        Modules.Add(("", root));
        EnterParts("", root);
    }

    /// <summary>The root, whose name is empty, and the modules inside.</summary>
    public List<(string Name, Module Module)> Modules { get; } = [];

    /// <summary>The parameters; Owner is null where a plain tensor serves as one.</summary>
    public List<(string Name, Tensor Value, Parameter? Owner)> Parameters { get; } = [];

    /// <summary>The buffers.</summary>
    public List<(string Name, Buffer Buffer)> Buffers { get; } = [];

    private void EnterParts(string name, Module module)
    {
        foreach ((string place, object? part) in module.Parts())
            Enter(Join(name, place), part);
    }

    private void Enter(string name, object? part)
    {
        switch (part)
        {
            case Module module when _seen.Add(module):
                Modules.Add((name, module));
                if (_isDeep)
                    EnterParts(name, module);
                break;
            case Parameter parameter when _seen.Add(parameter.Value):
                Parameters.Add((name, parameter.Value, parameter));
                break;
            case Buffer buffer when _seen.Add(buffer):
                Buffers.Add((name, buffer));
                break;
            case Tensor { IsLeaf: true } leaf when _seen.Add(leaf):
                Parameters.Add((name, leaf, null));
                break;
            case IDictionary dictionary when _seen.Add(dictionary):
                foreach (DictionaryEntry entry in dictionary)
                    Enter(Join(name, Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!), entry.Value);
                break;
            case IList list when _seen.Add(list):
                for (int i = 0; i < list.Count; i++)
                    Enter(Join(name, i.ToString(CultureInfo.InvariantCulture)), list[i]);
                break;
        }
    }

    private static string Join(string name, string place) => name.Length == 0 ? place : $"{name}.{place}";
}
