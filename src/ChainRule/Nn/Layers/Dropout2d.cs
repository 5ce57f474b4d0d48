namespace ChainRule.Nn;

/// <summary>Drops whole channels of pictures: the input is [batch, channels, height, width], or without the batch.</summary>
/// <remarks>Tompson, Goroshin, Jain, LeCun and Bregler, "Efficient object localization using convolutional networks", 2015.</remarks>
public sealed class Dropout2d : PartDropout
{
    /// <summary>Makes a dropout.</summary>
    /// <param name="probability">p, from 0 to 1.</param>
    /// <param name="key">Draws the channels; without one, the next of <see cref="RandomKey.Next"/>.</param>
    public Dropout2d(double probability = 0.5, RandomKey? key = null) : base(probability, key)
    {
    }

    private protected override int LeadingAxes(Tensor x) => AxesBeforeChannels(x, 2, "height, width");
}
