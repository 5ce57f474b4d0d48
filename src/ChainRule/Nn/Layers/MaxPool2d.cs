namespace ChainRule.Nn;

/// <summary>The largest element of each window, see <see cref="Tensor.MaxPool2d"/>.</summary>
public sealed class MaxPool2d : Module
{
    private readonly PerAxis _kernel, _stride, _padding, _dilation;
    private readonly bool _ceilMode;

    /// <summary>Makes a pooling.</summary>
    /// <param name="kernel">The window's size.</param>
    /// <param name="stride">How far apart windows are; the window's size if not given.</param>
    /// <param name="padding">Elements at both ends that are never the largest; 0 if not given.</param>
    /// <param name="dilation">How far apart the window's places are; 1 if not given.</param>
    /// <param name="ceilMode">Whether a last window that is only partly inside counts, too.</param>
    public MaxPool2d(PerAxis kernel, PerAxis? stride = null, PerAxis? padding = null, PerAxis? dilation = null, bool ceilMode = false)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        (_kernel, _stride, _padding, _dilation, _ceilMode) = (
            kernel.Checked(2, 1, nameof(MaxPool2d), nameof(kernel)),
            (stride ?? kernel).Checked(2, 1, nameof(MaxPool2d), nameof(stride)),
            (padding ?? 0).Checked(2, 0, nameof(MaxPool2d), nameof(padding)),
            (dilation ?? 1).Checked(2, 1, nameof(MaxPool2d), nameof(dilation)),
            ceilMode);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.MaxPool2d(_kernel, _stride, _padding, _dilation, _ceilMode);
    }

    /// <summary>For example <c>MaxPool2d(2, stride 2)</c>.</summary>
    public override string ToString() => $"MaxPool2d({_kernel}, stride {_stride})";
}
