using System.Globalization;

namespace ChainRule.Nn;

/// <summary>What the dropouts of whole parts share: while training, a part is 0 with probability p and divided by 1 - p otherwise, so that its mean stays.</summary>
public abstract class PartDropout : Module
{
    private readonly RandomKey _key;

    private protected PartDropout(double probability, RandomKey? key)
    {
        Bounds.Share(probability, GetType().Name, nameof(probability));
        (Probability, _key) = (probability, key ?? RandomKey.Next());
    }

    /// <summary>p, the probability with which a part is dropped.</summary>
    public double Probability { get; }

    /// <summary>How many times parts were drawn; it decides which are dropped next, so set it to continue an interrupted run.</summary>
    public long Draws { get; set; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int leading = LeadingAxes(x);
        if (!IsTraining || Probability == 0)
            return x;
        // One number for each place of the leading axes, the same for all that lies behind it.
        long[] sizes = x.Shape.ToArray();
        sizes.AsSpan(leading).Fill(1);
        Tensor isKept = Tensor.Uniform(Shape.Create(sizes), _key.Child(RandomDraws.Draw(() => Draws++))) >= Probability;
        return Tensor.Where(isKept, x * (1 / (1 - Probability)), 0);
    }

    /// <summary>For example <c>Dropout2d(0.5)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{GetType().Name}({Probability})");

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
