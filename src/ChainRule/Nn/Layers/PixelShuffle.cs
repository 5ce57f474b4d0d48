namespace ChainRule.Nn;

/// <summary>Channels laid out as pixels, see <see cref="Tensor.PixelShuffle"/>.</summary>
public sealed class PixelShuffle : Module
{
    private readonly int _factor;

    /// <summary>Makes the layer.</summary>
    /// <param name="factor">How many pixels along height and width come from or go into channels.</param>
    public PixelShuffle(int factor)
    {
        _factor = (int)Bounds.AtLeast(factor, 1, nameof(PixelShuffle), nameof(factor));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.PixelShuffle(_factor);
    }

    /// <summary>For example <c>PixelShuffle(2)</c>.</summary>
    public override string ToString() => $"PixelShuffle({_factor})";
}
