namespace ChainRule.Nn;

/// <summary>ln(σ(x)) of each element, without overflow.</summary>
public sealed class LogSigmoid : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.LogSigmoid();
    }
}
