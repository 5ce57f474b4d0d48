namespace ChainRule.Nn;

/// <summary>max(x, 0) of each element; NaN stays NaN.</summary>
public sealed class Relu : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Relu();
    }
}
