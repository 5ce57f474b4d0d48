namespace ChainRule.Nn;

/// <summary>The exponential linear unit with the constants that keep mean 0 and variance 1 from layer to layer, see <see cref="Tensor.Selu"/>.</summary>
public sealed class Selu : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Selu();
    }
}
