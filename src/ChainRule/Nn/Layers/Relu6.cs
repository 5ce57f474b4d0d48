namespace ChainRule.Nn;

/// <summary>min(max(x, 0), 6) of each element.</summary>
public sealed class Relu6 : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Relu6();
    }
}
