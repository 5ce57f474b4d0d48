namespace ChainRule.Nn;

/// <summary>Each channel of [batch, channels, depth, height, width] with mean 0 and variance 1: those of the batch while training, running ones in use.</summary>
/// <inheritdoc/>
public sealed class BatchNorm3d : BatchNormalization
{
    /// <summary>Makes a layer with weights 1, biases 0, running mean 0 and running variance 1.</summary>
    /// <param name="channels">The size of axis 1.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="momentum">The share of a new batch in the running statistics; null for the mean of all batches.</param>
    /// <param name="affine">Whether there are a weight and a bias for each channel.</param>
    /// <param name="trackRunningStats">Whether statistics are kept for use; without them, those of the batch serve always.</param>
    /// <param name="dtype">float32 or float64.</param>
    public BatchNorm3d(int channels, double epsilon = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true, DType dtype = DType.Float32)
        : base(channels, epsilon, momentum, affine, trackRunningStats, dtype)
    {
    }

    private protected override void Require(Tensor x)
    {
        if (x.Rank != 5 || x.Shape[1] != Channels)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but must be [batch, {Channels}, depth, height, width].");
    }
}
