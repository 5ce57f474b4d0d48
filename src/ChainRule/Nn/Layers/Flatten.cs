namespace ChainRule.Nn;

/// <summary>All axes but the first, the batch, as one: [n, a, b, ...] becomes [n, a·b·...].</summary>
public sealed class Flatten : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2)
            throw new ShapeException($"Flatten: the input has shape {x.Shape}, but needs a batch axis and at least one more.");
        return x.Flatten(1);
    }
}
