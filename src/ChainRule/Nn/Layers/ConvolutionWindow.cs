namespace ChainRule.Nn;

/// <summary>How the windows of a convolution layer slide.</summary>
internal sealed record ConvolutionWindow(PerAxis Kernel, PerAxis Stride, PerAxis Padding, PerAxis OutputPadding, PerAxis Dilation, int Groups, PaddingMode PaddingMode)
{
    public static ConvolutionWindow Of(PerAxis kernel, PerAxis? stride, PerAxis? padding, PerAxis? outputPadding, PerAxis? dilation, int groups, PaddingMode mode = PaddingMode.Zeros)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return new(kernel, stride ?? 1, padding ?? 0, outputPadding ?? 0, dilation ?? 1, groups, mode);
    }
}
