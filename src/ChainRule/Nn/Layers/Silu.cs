namespace ChainRule.Nn;

/// <summary>x·σ(x) of each element, also called swish.</summary>
public sealed class Silu : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Silu();
    }
}
