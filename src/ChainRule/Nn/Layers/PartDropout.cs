namespace ChainRule.Nn;

/// <summary>What the dropouts of whole parts share: while training, a part is 0 with probability p and divided by 1 - p otherwise, so that its mean stays.</summary>
public abstract class PartDropout : Dropping
{
    private protected PartDropout(double probability, RandomKey? key)
        : base(probability, key)
    {
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int leading = LeadingAxes(x);
        if (!IsDropping)
            return x;
        // One number for each place of the leading axes, the same for all that lies behind it.
        long[] sizes = x.Shape.ToArray();
        sizes.AsSpan(leading).Fill(1);
        return Scaled(x, DrawKept(Shape.Create(sizes)));
    }

    /// <summary>How many axes a part does not have; throws if the shape does not fit.</summary>
    private protected abstract int LeadingAxes(Tensor x);

    /// <summary>The axes in front of a channel with this many axes: the channels, and the batch if there is one.</summary>
    private protected int AxesBeforeChannels(Tensor x, int axes, string channel)
    {
        if (x.Rank != axes + 1 && x.Rank != axes + 2)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but must be [batch, channels, {channel}], or without the batch.");
        return x.Rank - axes;
    }
}
