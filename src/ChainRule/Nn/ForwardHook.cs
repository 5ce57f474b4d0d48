namespace ChainRule.Nn;

/// <summary>A function that sees, and may replace, what comes out of a module.</summary>
public sealed class ForwardHook
{
    private readonly List<ForwardHook> _hooks;

    internal ForwardHook(List<ForwardHook> hooks, Func<Module, Tensor, Tensor, Tensor?> function)
    {
        (_hooks, Function) = (hooks, function);
        hooks.Add(this);
    }

    /// <summary>Called with the module, its input and its output.</summary>
    internal Func<Module, Tensor, Tensor, Tensor?> Function { get; }

    /// <summary>Stops calling the function.</summary>
    public void Remove() => _hooks.Remove(this);
}
