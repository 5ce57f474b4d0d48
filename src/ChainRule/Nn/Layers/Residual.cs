namespace ChainRule.Nn;

/// <summary>A way around a module: y = x + inner(x).</summary>
/// <remarks>He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016.</remarks>
public sealed class Residual : Module
{
    /// <summary>Makes a way around a module.</summary>
    /// <param name="inner">The module, whose output has the shape of what goes around it.</param>
    /// <param name="shortcut">What happens on the way around, where shapes change; nothing if null.</param>
    public Residual(Module inner, Module? shortcut = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        (Inner, Shortcut) = (inner, shortcut);
    }

    /// <summary>The module.</summary>
    public Module Inner { get; }

    /// <summary>The module on the way around, or null.</summary>
    public Module? Shortcut { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor around = Shortcut?.Apply(x) ?? x, through = Inner.Apply(x);
        // A broadcast would add without a word.
        if (around.Shape != through.Shape)
            throw new ShapeException($"{this}: an input of shape {x.Shape} became {through.Shape} inside and {around.Shape} around it; they must be equal. Give a shortcut that makes them so.");
        return around + through;
    }

    /// <summary>For example <c>Residual(Linear(8, 8))</c>.</summary>
    public override string ToString() => $"Residual({Inner}{(Shortcut is null ? "" : $", {Shortcut}")})";
}
