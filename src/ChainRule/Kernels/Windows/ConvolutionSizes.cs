namespace ChainRule.Kernels;

/// <summary>The sizes of a convolution.</summary>
/// <param name="Windows">How the windows slide.</param>
/// <param name="Batch">Examples.</param>
/// <param name="Groups">Groups of channels that do not meet.</param>
/// <param name="GroupInputs">Channels that go into each group.</param>
/// <param name="GroupOutputs">Channels that come out of each group.</param>
internal readonly record struct ConvolutionSizes(WindowGrid Windows, long Batch, long Groups, long GroupInputs, long GroupOutputs)
{
    /// <summary>Terms of one sum of the forward pass: the elements of one output's weights.</summary>
    public long Rows => GroupInputs * Windows.KernelCount;
}
