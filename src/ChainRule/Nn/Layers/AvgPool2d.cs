namespace ChainRule.Nn;

/// <summary>The mean of each window, see <see cref="Tensor.AvgPool2d"/>.</summary>
public sealed class AvgPool2d : Module
{
    private readonly PerAxis _kernel, _stride, _padding;
    private readonly bool _ceilMode, _countIncludePad;

    /// <summary>Makes a pooling.</summary>
    /// <param name="kernel">The window's size.</param>
    /// <param name="stride">How far apart windows are; the window's size if not given.</param>
    /// <param name="padding">Zeros at both ends; 0 if not given.</param>
    /// <param name="ceilMode">Whether a last window that is only partly inside counts, too.</param>
    /// <param name="countIncludePad">Whether the zeros of the padding count as elements.</param>
    public AvgPool2d(PerAxis kernel, PerAxis? stride = null, PerAxis? padding = null, bool ceilMode = false, bool countIncludePad = true)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        (_kernel, _stride, _padding, _ceilMode, _countIncludePad) = (
            kernel.Checked(2, 1, nameof(AvgPool2d), nameof(kernel)),
            (stride ?? kernel).Checked(2, 1, nameof(AvgPool2d), nameof(stride)),
            (padding ?? 0).Checked(2, 0, nameof(AvgPool2d), nameof(padding)),
            ceilMode, countIncludePad);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.AvgPool2d(_kernel, _stride, _padding, _ceilMode, _countIncludePad);
    }

    /// <summary>For example <c>AvgPool2d(2, stride 2)</c>.</summary>
    public override string ToString() => $"AvgPool2d({_kernel}, stride {_stride})";
}
