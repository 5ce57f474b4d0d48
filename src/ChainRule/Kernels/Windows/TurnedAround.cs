using System.Buffers;
using System.Numerics;

namespace ChainRule.Kernels;

/// <summary>
/// The transpose in x of a convolution with stride 1, as the convolution of the cotangent with the windows turned around: inputs and
/// outputs exchanged, the places in reverse order, the padding what is missing to a whole window.
/// </summary>
internal static unsafe class TurnedAround
{
    /// <summary>Whether windows lie side by side and the padding is no larger than the window.</summary>
    public static bool Suits(in ConvolutionSizes sizes) =>
        sizes.GroupOutputs > 0 && Suits(sizes.Windows.Depth) && Suits(sizes.Windows.Height) && Suits(sizes.Windows.Width);

    /// <summary>x[n, c] = Σ w[o, c, k] y[n, o].</summary>
    public static void Run<T>(in ConvolutionSizes sizes, T* y, T* weight, T* x) where T : unmanaged, INumber<T>
    {
        WindowGrid windows = sizes.Windows;
        var turned = new ConvolutionSizes(
            windows with { Depth = Turn(windows.Depth), Height = Turn(windows.Height), Width = Turn(windows.Width) },
            sizes.Batch, sizes.Groups, sizes.GroupOutputs, sizes.GroupInputs);
        T[] buffer = ArrayPool<T>.Shared.Rent(checked((int)(sizes.Groups * sizes.GroupOutputs * sizes.Rows)));
        fixed (T* turnedWeight = buffer)
        {
            Turn(sizes, weight, turnedWeight);
            Convolution.Forward(turned, y, turnedWeight, x);
        }
        ArrayPool<T>.Shared.Return(buffer);
    }

    private static bool Suits(in WindowAxis axis) => axis.Stride == 1 && axis.Padding <= (axis.Kernel - 1) * axis.Dilation;

    private static WindowAxis Turn(in WindowAxis axis) =>
        new(axis.Output, axis.Kernel, 1, (axis.Kernel - 1) * axis.Dilation - axis.Padding, axis.Dilation, axis.Input);

    private static void Turn<T>(in ConvolutionSizes sizes, T* weight, T* turned) where T : unmanaged
    {
        long places = sizes.Windows.KernelCount, inputs = sizes.GroupInputs, outputs = sizes.GroupOutputs;
        for (long group = 0; group < sizes.Groups; group++)
        {
            for (long c = 0; c < inputs; c++)
            {
                for (long o = 0; o < outputs; o++)
                {
                    T* source = weight + ((group * outputs + o) * inputs + c) * places + places;
                    for (long k = 0; k < places; k++)
                        *turned++ = *--source;
                }
            }
        }
    }
}
