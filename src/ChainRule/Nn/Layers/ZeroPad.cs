namespace ChainRule.Nn;

/// <summary>Zeros added at both ends of each axis behind the channels of [batch, channels, ...].</summary>
public sealed class ZeroPad : Module
{
    private readonly PerAxis _padding;

    /// <summary>Makes the layer.</summary>
    /// <param name="padding">How many at each end: one number for each axis, or one for all.</param>
    public ZeroPad(PerAxis padding)
    {
        ArgumentNullException.ThrowIfNull(padding);
        _padding = padding.AtLeast(0, nameof(ZeroPad), nameof(padding));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 3)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but needs at least three axes, [batch, channels, ...].");
        return x.PadLast(_padding.For(x.Rank - 2, 0, nameof(ZeroPad), "padding"), PaddingMode.Zeros);
    }

    /// <summary>For example <c>ZeroPad(1)</c>.</summary>
    public override string ToString() => $"ZeroPad({_padding})";
}
