namespace ChainRule.Nn;

/// <summary>The input itself: a place in a network where nothing happens.</summary>
public sealed class Identity : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x;
    }
}
