namespace ChainRule.Nn;

/// <summary>All windows as columns, see <see cref="Tensor.Unfold"/>.</summary>
public sealed class Unfold : Module
{
    private readonly PerAxis _kernel, _dilation, _padding, _stride;

    /// <summary>Makes the layer.</summary>
    /// <param name="kernel">The window's sizes.</param>
    /// <param name="dilation">How far apart the window's places are; 1 if not given.</param>
    /// <param name="padding">Zeros at both ends; 0 if not given.</param>
    /// <param name="stride">How far apart windows are; 1 if not given.</param>
    public Unfold(PerAxis kernel, PerAxis? dilation = null, PerAxis? padding = null, PerAxis? stride = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        (_kernel, _dilation, _padding, _stride) = (
            kernel.Checked(2, 1, nameof(Unfold), nameof(kernel)),
            (dilation ?? 1).Checked(2, 1, nameof(Unfold), nameof(dilation)),
            (padding ?? 0).Checked(2, 0, nameof(Unfold), nameof(padding)),
            (stride ?? 1).Checked(2, 1, nameof(Unfold), nameof(stride)));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Unfold(_kernel, _dilation, _padding, _stride);
    }

    /// <summary>For example <c>Unfold(3, stride 1)</c>.</summary>
    public override string ToString() => $"Unfold({_kernel}, stride {_stride})";
}
