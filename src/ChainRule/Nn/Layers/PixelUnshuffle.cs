namespace ChainRule.Nn;

/// <summary>Pixels laid out as channels, see <see cref="Tensor.PixelUnshuffle"/>.</summary>
public sealed class PixelUnshuffle : Module
{
    private readonly int _factor;

    /// <summary>Makes the layer.</summary>
    /// <param name="factor">How many pixels along height and width come from or go into channels.</param>
    public PixelUnshuffle(int factor)
    {
        _factor = (int)Bounds.AtLeast(factor, 1, nameof(PixelUnshuffle), nameof(factor));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.PixelUnshuffle(_factor);
    }

    /// <summary>For example <c>PixelUnshuffle(2)</c>.</summary>
    public override string ToString() => $"PixelUnshuffle({_factor})";
}
