namespace ChainRule.Nn;

/// <summary>The Gaussian error linear unit x·Φ(x) of each element, exact (by erf, not by tanh).</summary>
public sealed class Gelu : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Gelu();
    }
}
