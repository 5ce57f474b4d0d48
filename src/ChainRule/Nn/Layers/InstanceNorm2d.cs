namespace ChainRule.Nn;

/// <summary>Each channel of each example of [batch, channels, height, width] with mean 0 and variance 1, see <see cref="Tensor.InstanceNorm"/>.</summary>
public sealed class InstanceNorm2d : InstanceNormalization
{
    /// <summary>Makes a layer; with weights 1 and biases 0 if it has some.</summary>
    /// <param name="channels">The size of axis 1.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="affine">Whether there are a weight and a bias for each channel.</param>
    /// <param name="dtype">float32 or float64.</param>
    public InstanceNorm2d(int channels, double epsilon = 1e-5, bool affine = false, DType dtype = DType.Float32)
        : base("height, width", channels, epsilon, affine, dtype)
    {
    }
}
