namespace ChainRule.Nn;

/// <summary>The convolution over two axes: [batch, inputs, height, width], or without the batch, see <see cref="Tensor.Conv2d"/>.</summary>
public sealed class Conv2d : Convolution
{
    /// <summary>Makes a layer whose weights and biases are equally likely anywhere within ±1/√(inputs / groups·window).</summary>
    /// <param name="inputs">Channels that go in.</param>
    /// <param name="outputs">Channels that come out.</param>
    /// <param name="kernel">The window's size.</param>
    /// <param name="stride">How far apart windows are; 1 if not given.</param>
    /// <param name="padding">Elements added at both ends; 0 if not given.</param>
    /// <param name="dilation">How far apart the window's places are; 1 if not given.</param>
    /// <param name="groups">Groups of channels that do not meet; they divide inputs and outputs.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="paddingMode">What the added elements are.</param>
    /// <param name="key">Draws the initial values; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="dtype">float32 or float64.</param>
    public Conv2d(int inputs, int outputs, PerAxis kernel, PerAxis? stride = null, PerAxis? padding = null, PerAxis? dilation = null, int groups = 1, bool bias = true, PaddingMode paddingMode = PaddingMode.Zeros, RandomKey? key = null, DType dtype = DType.Float32)
        : base(2, isTransposed: false, inputs, outputs, ConvolutionWindow.Of(kernel, stride, padding, null, dilation, groups, paddingMode), bias, key, dtype)
    {
    }
}
