namespace ChainRule.Nn;

/// <summary>The largest elements of windows that share out the input, so that a given number comes out, see <see cref="Tensor.AdaptiveMaxPool1d"/>.</summary>
public sealed class AdaptiveMaxPool1d : Module
{
    private readonly PerAxis _outputSize;

    /// <summary>Makes a pooling.</summary>
    /// <param name="outputSize">How many windows.</param>
    public AdaptiveMaxPool1d(PerAxis outputSize)
    {
        ArgumentNullException.ThrowIfNull(outputSize);
        _outputSize = outputSize.Checked(1, 1, nameof(AdaptiveMaxPool1d), nameof(outputSize));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.AdaptiveMaxPool1d(_outputSize);
    }

    /// <summary>For example <c>AdaptiveMaxPool1d(1)</c>.</summary>
    public override string ToString() => $"AdaptiveMaxPool1d({_outputSize})";
}
