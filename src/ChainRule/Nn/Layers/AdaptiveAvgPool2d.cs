namespace ChainRule.Nn;

/// <summary>The means of windows that share out the input, so that a given number comes out, see <see cref="Tensor.AdaptiveAvgPool2d"/>.</summary>
public sealed class AdaptiveAvgPool2d : Module
{
    private readonly PerAxis _outputSize;

    /// <summary>Makes a pooling.</summary>
    /// <param name="outputSize">How many windows.</param>
    public AdaptiveAvgPool2d(PerAxis outputSize)
    {
        ArgumentNullException.ThrowIfNull(outputSize);
        _outputSize = outputSize.Checked(2, 1, nameof(AdaptiveAvgPool2d), nameof(outputSize));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.AdaptiveAvgPool2d(_outputSize);
    }

    /// <summary>For example <c>AdaptiveAvgPool2d(1)</c>.</summary>
    public override string ToString() => $"AdaptiveAvgPool2d({_outputSize})";
}
