namespace ChainRule.Nn;

/// <summary>A function that sees, and may replace, the gradient by what came out of a module.</summary>
public sealed class BackwardHook
{
    private readonly List<BackwardHook> _hooks;
    private readonly Func<Module, Tensor, Tensor?> _function;

    internal BackwardHook(List<BackwardHook> hooks, Func<Module, Tensor, Tensor?> function)
    {
        (_hooks, _function) = (hooks, function);
        hooks.Add(this);
    }

    /// <summary>Stops calling the function, also for outputs that were computed before.</summary>
    public void Remove() => _hooks.Remove(this);

    /// <summary>What the function makes of a gradient; null if it leaves it.</summary>
    internal Tensor? Pass(Module module, Tensor gradient) => _hooks.Contains(this) ? _function(module, gradient) : null;
}
