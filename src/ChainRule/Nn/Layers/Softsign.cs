namespace ChainRule.Nn;

/// <summary>x/(1 + |x|) of each element.</summary>
public sealed class Softsign : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Softsign();
    }
}
