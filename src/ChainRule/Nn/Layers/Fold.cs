namespace ChainRule.Nn;

/// <summary>Columns added up where their windows overlap, see <see cref="Tensor.Fold"/>.</summary>
public sealed class Fold : Module
{
    private readonly PerAxis _outputSize, _kernel, _dilation, _padding, _stride;

    /// <summary>Makes the layer.</summary>
    /// <param name="outputSize">Height and width of the result.</param>
    /// <param name="kernel">The window's sizes.</param>
    /// <param name="dilation">How far apart the window's places are; 1 if not given.</param>
    /// <param name="padding">Elements at both ends that are cut off; 0 if not given.</param>
    /// <param name="stride">How far apart windows are; 1 if not given.</param>
    public Fold(PerAxis outputSize, PerAxis kernel, PerAxis? dilation = null, PerAxis? padding = null, PerAxis? stride = null)
    {
        ArgumentNullException.ThrowIfNull(outputSize);
        ArgumentNullException.ThrowIfNull(kernel);
        (_outputSize, _kernel, _dilation, _padding, _stride) = (
            outputSize.Checked(2, 1, nameof(Fold), nameof(outputSize)),
            kernel.Checked(2, 1, nameof(Fold), nameof(kernel)),
            (dilation ?? 1).Checked(2, 1, nameof(Fold), nameof(dilation)),
            (padding ?? 0).Checked(2, 0, nameof(Fold), nameof(padding)),
            (stride ?? 1).Checked(2, 1, nameof(Fold), nameof(stride)));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Fold(_outputSize, _kernel, _dilation, _padding, _stride);
    }

    /// <summary>For example <c>Fold(28, 3, stride 1)</c>.</summary>
    public override string ToString() => $"Fold({_outputSize}, {_kernel}, stride {_stride})";
}
