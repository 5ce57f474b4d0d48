namespace ChainRule.Nn;

/// <summary>Each example's groups of channels with mean 0 and variance 1, see <see cref="Tensor.GroupNorm"/>.</summary>
public sealed class GroupNorm : Module
{
    private readonly int _groups, _channels;
    private readonly double _epsilon;

    /// <summary>Makes a layer with weights 1 and biases 0.</summary>
    /// <param name="groups">How many groups; they divide the channels.</param>
    /// <param name="channels">The size of axis 1.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="affine">Whether there are a weight and a bias for each channel.</param>
    /// <param name="dtype">float32 or float64.</param>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5, bool affine = true, DType dtype = DType.Float32)
    {
        Bounds.AtLeast(groups, 1, nameof(GroupNorm), nameof(groups));
        Bounds.AtLeast(channels, 1, nameof(GroupNorm), nameof(channels));
        Bounds.NotNegative(epsilon, nameof(GroupNorm), nameof(epsilon));
        dtype.RequireParameter(nameof(GroupNorm));
        if (channels % groups != 0)
            throw new ArgumentException($"GroupNorm: {groups} groups do not divide {channels} channels.", nameof(groups));
        (_groups, _channels, _epsilon) = (groups, channels, epsilon);
        Weight = affine ? new(Tensor.Ones([channels], dtype)) : null;
        Bias = affine ? new(Tensor.Zeros([channels], dtype)) : null;
    }

    /// <summary>The factors, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>What is added, or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2 || x.Shape[1] != _channels)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but must be [batch, {_channels}, ...].");
        return x.GroupNorm(_groups, Weight, Bias, _epsilon);
    }

    /// <summary>For example <c>GroupNorm(4, 16)</c>.</summary>
    public override string ToString() => $"GroupNorm({_groups}, {_channels})";
}
