namespace ChainRule.Nn;

/// <summary>Drops whole channels of volumes: the input is [batch, channels, depth, height, width], or without the batch.</summary>
/// <remarks>Tompson, Goroshin, Jain, LeCun and Bregler, "Efficient object localization using convolutional networks", 2015.</remarks>
public sealed class Dropout3d : PartDropout
{
    /// <summary>Makes a dropout.</summary>
    /// <param name="probability">p, from 0 to 1.</param>
    /// <param name="key">Draws the channels; without one, the next of <see cref="RandomKey.Next"/>.</param>
    public Dropout3d(double probability = 0.5, RandomKey? key = null) : base(probability, key)
    {
    }

    private protected override int LeadingAxes(Tensor x) => AxesBeforeChannels(x, 3, "depth, height, width");
}
