namespace ChainRule.Nn;

/// <summary>The means of windows that share out the input, so that a given number comes out, see <see cref="Tensor.AdaptiveAvgPool1d"/>.</summary>
public sealed class AdaptiveAvgPool1d : Module
{
    private readonly PerAxis _outputSize;

    /// <summary>Makes a pooling.</summary>
    /// <param name="outputSize">How many windows.</param>
    public AdaptiveAvgPool1d(PerAxis outputSize)
    {
        ArgumentNullException.ThrowIfNull(outputSize);
        _outputSize = outputSize.Checked(1, 1, nameof(AdaptiveAvgPool1d), nameof(outputSize));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.AdaptiveAvgPool1d(_outputSize);
    }

    /// <summary>For example <c>AdaptiveAvgPool1d(1)</c>.</summary>
    public override string ToString() => $"AdaptiveAvgPool1d({_outputSize})";
}
