using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>Keeps the calls of a model's modules while it is asked to, and costs next to nothing else.</summary>
internal sealed class ForwardWatch : IDisposable
{
    private readonly List<ForwardHook> _hooks = [];
    private readonly List<ModuleCall> _calls = [];

    public ForwardWatch(Module model)
    {
        foreach ((string path, Module module) in new ModuleWalk(model).Modules)
            _hooks.Add(module.OnForward((called, x, y) => Keep(path, called, x, y)));
    }

    /// <summary>Whether calls are kept.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The calls in the order in which they ended.</summary>
    public IReadOnlyList<ModuleCall> Calls => _calls;

    public void Clear() => _calls.Clear();

    public void Dispose()
    {
        foreach (ForwardHook hook in _hooks)
            hook.Remove();
        _hooks.Clear();
        _calls.Clear();
    }

    private Tensor? Keep(string path, Module module, Tensor x, Tensor y)
    {
        // An evaluation between two steps is none of its business.
        if (!IsOpen || !Interpreter.IsRecording || Recording.Current is not null) return null;
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
