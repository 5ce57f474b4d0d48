namespace ChainRule.Nn;

/// <summary>x·tanh(ln(1 + e^x)) of each element.</summary>
public sealed class Mish : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Mish();
    }
}
