namespace ChainRule;

/// <summary>A function that sees, and may replace, a tensor's gradient on its way back.</summary>
public sealed class GradientHook
{
    private readonly List<GradientHook> _hooks;
    private readonly Func<Tensor, Tensor?> _function;

    internal GradientHook(List<GradientHook> hooks, Func<Tensor, Tensor?> function)
    {
        (_hooks, _function) = (hooks, function);
        hooks.Add(this);
    }

    /// <summary>Stops calling the function.</summary>
    public void Remove() => _hooks.Remove(this);

    /// <summary>What flows on: what the function returns for the gradient, or the gradient itself.</summary>
    internal Tensor Pass(Tensor gradient)
    {
        int version = gradient.Version;
        Tensor? replacement = _function(gradient);
        // The same memory may be on its way to other operands.
        if (gradient.Version != version)
            throw new InPlaceException($"A gradient hook changed the gradient of shape {gradient.Shape} in place. Return a new tensor instead: gradient => gradient * 0.5.");
        if (replacement is null) return gradient;
        if (replacement.Shape != gradient.Shape || replacement.DType != gradient.DType)
            throw new ShapeException($"A gradient hook returned {replacement.DType.Lower()}{replacement.Shape} for a gradient of {gradient.DType.Lower()}{gradient.Shape}; it must keep shape and type.");
        return replacement;
    }
}
