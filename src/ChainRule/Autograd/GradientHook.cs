namespace ChainRule;

/// <summary>A function that sees, and may replace, a tensor's gradient on its way back.</summary>
public sealed class GradientHook
{
    private readonly List<Func<Tensor, Tensor?>> _hooks;
    private readonly Func<Tensor, Tensor?> _hook;

    internal GradientHook(List<Func<Tensor, Tensor?>> hooks, Func<Tensor, Tensor?> hook)
    {
        (_hooks, _hook) = (hooks, hook);
        hooks.Add(hook);
    }

    /// <summary>Stops calling the function.</summary>
    public void Remove() => _hooks.Remove(_hook);
}
