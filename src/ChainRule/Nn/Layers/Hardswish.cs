namespace ChainRule.Nn;

/// <summary>x·min(max(x + 3, 0), 6)/6 of each element.</summary>
public sealed class Hardswish : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Hardswish();
    }
}
