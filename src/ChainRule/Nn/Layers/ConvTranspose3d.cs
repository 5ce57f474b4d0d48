namespace ChainRule.Nn;

/// <summary>The transposed convolution over three axes: [batch, inputs, depth, height, width], or without the batch, see <see cref="Tensor.ConvTranspose3d"/>.</summary>
public sealed class ConvTranspose3d : Convolution
{
    /// <summary>Makes a layer whose weights and biases are equally likely anywhere within ±1/√(outputs / groups·window).</summary>
    /// <param name="inputs">Channels that go in.</param>
    /// <param name="outputs">Channels that come out.</param>
    /// <param name="kernel">The window's size.</param>
    /// <param name="stride">How far apart the windows are put; 1 if not given.</param>
    /// <param name="padding">Elements cut off at both ends; 0 if not given.</param>
    /// <param name="outputPadding">More elements at the far end, fewer than the stride.</param>
    /// <param name="groups">Groups of channels that do not meet; they divide inputs and outputs.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="dilation">How far apart the window's places are; 1 if not given.</param>
    /// <param name="key">Draws the initial values; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="dtype">float32 or float64.</param>
    public ConvTranspose3d(int inputs, int outputs, PerAxis kernel, PerAxis? stride = null, PerAxis? padding = null, PerAxis? outputPadding = null, int groups = 1, bool bias = true, PerAxis? dilation = null, RandomKey? key = null, DType dtype = DType.Float32)
        : base(3, isTransposed: true, inputs, outputs, ConvolutionWindow.Of(kernel, stride, padding, outputPadding, dilation, groups), bias, key, dtype)
    {
    }
}
