using ChainRule.Autograd;
using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>Keeps the calls of a model's modules while it is asked to, and costs next to nothing else.</summary>
internal sealed class ForwardWatch : IDisposable
{
    private readonly (Module Module, Func<Module, Tensor, Tensor, Tensor?> Keeps)[] _modules;
    private readonly List<ForwardHook> _hooks = [];
    private readonly List<ModuleCall> _calls = [];

    public ForwardWatch(Module model) =>
        _modules = [.. new ModuleWalk(model).Modules.Select(found => (found.Module, (Func<Module, Tensor, Tensor, Tensor?>)((called, x, y) => Keep(found.Name, called, x, y))))];

    /// <summary>Whether calls are kept; else no module knows of it.</summary>
    public bool IsOpen
    {
        get => _hooks.Count > 0;
        set
        {
            if (value == IsOpen) return;
            if (value)
                _hooks.AddRange(_modules.Select(watched => watched.Module.OnForward(watched.Keeps)));
            else
                RemoveHooks();
        }
    }

    /// <summary>The calls in the order in which they ended.</summary>
    public IReadOnlyList<ModuleCall> Calls => _calls;

    public void Clear() => _calls.Clear();

    public void Dispose()
    {
        RemoveHooks();
        _calls.Clear();
    }

    private void RemoveHooks()
    {
        foreach (ForwardHook hook in _hooks)
            hook.Remove();
        _hooks.Clear();
    }

    /// <summary>Sees the calls, and the gradients by their outputs, of a loss that is computed for this alone: no <see cref="Tensor.Grad"/> changes.</summary>
    public void Run(Func<Tensor> loss)
    {
        IsOpen = true;
        Tensor anew = loss();
        if (anew.Record is Node root)
            new ReversePass(retainsGraph: false).Run(root, Differentiate.CheckedSeed(anew, null, nameof(GradientDoctor)), createGraph: false, static (_, _) => { });
    }

    private Tensor? Keep(string path, Module module, Tensor x, Tensor y)
    {
        // An evaluation between two steps is none of its business.
        if (!Interpreter.IsRecording || Recording.Current is not null) return null;
        var call = new ModuleCall(path, module, x, y);
        _calls.Add(call);
        if (module is Linear && y.IsTracked)
        {
            y.OnGradient(gradient =>
            {
                call.Gradient = gradient;
                return null;
            });
        }
        return null;
    }
}
