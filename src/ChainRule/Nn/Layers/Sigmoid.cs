namespace ChainRule.Nn;

/// <summary>The logistic function 1/(1 + e^(-x)) of each element, between 0 and 1.</summary>
public sealed class Sigmoid : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Sigmoid();
    }
}
