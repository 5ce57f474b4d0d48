namespace ChainRule.Nn;

/// <summary>Each channel of each example of [batch, channels, depth, height, width] with mean 0 and variance 1, see <see cref="Tensor.InstanceNorm"/>.</summary>
public sealed class InstanceNorm3d : Module
{
    private readonly int _channels;
    private readonly double _epsilon;

    /// <summary>Makes a layer; with weights 1 and biases 0 if it has some.</summary>
    /// <param name="channels">The size of axis 1.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="affine">Whether there are a weight and a bias for each channel.</param>
    /// <param name="dtype">float32 or float64.</param>
    public InstanceNorm3d(int channels, double epsilon = 1e-5, bool affine = false, DType dtype = DType.Float32)
    {
        Bounds.AtLeast(channels, 1, nameof(InstanceNorm3d), nameof(channels));
        Bounds.NotNegative(epsilon, nameof(InstanceNorm3d), nameof(epsilon));
        dtype.RequireParameter(nameof(InstanceNorm3d));
        (_channels, _epsilon) = (channels, epsilon);
        Weight = affine ? new(Tensor.Ones([channels], dtype)) : null;
        Bias = affine ? new(Tensor.Zeros([channels], dtype)) : null;
    }

    /// <summary>The factor of each channel, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>What is added to each channel, or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 5 || x.Shape[1] != _channels)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but must be [batch, {_channels}, depth, height, width].");
        return x.InstanceNorm(Weight, Bias, _epsilon);
    }

    /// <summary>For example <c>InstanceNorm3d(16)</c>.</summary>
    public override string ToString() => $"InstanceNorm3d({_channels})";
}
