namespace ChainRule.Nn;

/// <summary>min(max(x + 3, 0), 6)/6 of each element.</summary>
public sealed class Hardsigmoid : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Hardsigmoid();
    }
}
