namespace ChainRule.Nn;

/// <summary>What the instance normalizations share.</summary>
/// <remarks>See <see cref="Tensor.InstanceNorm"/>.</remarks>
public abstract class InstanceNormalization : Module
{
    private readonly int _channels;
    private readonly double _epsilon;
    private readonly string _axes;

    private protected InstanceNormalization(string axes, int channels, double epsilon, bool affine, DType dtype)
    {
        string layer = GetType().Name;
        Bounds.AtLeast(channels, 1, layer, nameof(channels));
        Bounds.NotNegative(epsilon, layer, nameof(epsilon));
        dtype.RequireParameter(layer);
        (_axes, _channels, _epsilon) = (axes, channels, epsilon);
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
        if (x.Rank != 2 + _axes.Split(',').Length || x.Shape[1] != _channels)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but must be [batch, {_channels}, {_axes}].");
        return x.InstanceNorm(Weight, Bias, _epsilon);
    }

    /// <summary>For example <c>InstanceNorm2d(16)</c>.</summary>
    public override string ToString() => $"{GetType().Name}({_channels})";
}
