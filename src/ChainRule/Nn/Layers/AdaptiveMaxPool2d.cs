namespace ChainRule.Nn;

/// <summary>The largest elements of windows that share out the input, so that a given number comes out, see <see cref="Tensor.AdaptiveMaxPool2d"/>.</summary>
public sealed class AdaptiveMaxPool2d : Module
{
    private readonly PerAxis _outputSize;

    /// <summary>Makes a pooling.</summary>
    /// <param name="outputSize">How many windows.</param>
    public AdaptiveMaxPool2d(PerAxis outputSize)
    {
        ArgumentNullException.ThrowIfNull(outputSize);
        _outputSize = outputSize.Checked(2, 1, nameof(AdaptiveMaxPool2d), nameof(outputSize));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.AdaptiveMaxPool2d(_outputSize);
    }

    /// <summary>For example <c>AdaptiveMaxPool2d(1)</c>.</summary>
    public override string ToString() => $"AdaptiveMaxPool2d({_outputSize})";
}
