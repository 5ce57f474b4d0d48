namespace ChainRule.Nn;

/// <summary>x - tanh x of each element.</summary>
public sealed class Tanhshrink : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Tanhshrink();
    }
}
