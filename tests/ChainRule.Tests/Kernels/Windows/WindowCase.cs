using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Windows;

/// <summary>The sizes of one convolution, with random operands, and its sums one element after the other.</summary>
internal sealed class WindowCase
{
    private readonly WindowAxis[] _axes;

    public WindowCase(int seed)
    {
        var random = new Random(seed);
        int rank = 1 + seed % 3;
        int longest = rank == 1 ? 700 : rank == 2 ? 40 : 9;
        _axes = [.. Enumerable.Range(0, rank).Select(_ => Axis(random, longest))];
        int kernel = (int)_axes.Aggregate(1L, (product, axis) => product * axis.Kernel);
        // Now and then more terms than one block of a product adds up.
        int inputs = seed % 5 == 0 ? 300 / kernel + 1 : random.Next(1, 6);
        Sizes = new(WindowGrid.Over(_axes), random.Next(1, 12), random.Next(1, 3), inputs, random.Next(1, 20));
        X = Draw(random, Sizes.Batch * Sizes.Groups * inputs * Sizes.Windows.InputCount);
        Weight = Draw(random, Sizes.Groups * Sizes.GroupOutputs * Sizes.Rows);
        Y = Draw(random, Sizes.Batch * Sizes.Groups * Sizes.GroupOutputs * Sizes.Windows.OutputCount);
    }

    public ConvolutionSizes Sizes { get; }

    public double[] X { get; }

    public double[] Weight { get; }

    /// <summary>A cotangent.</summary>
    public double[] Y { get; }

    /// <summary>The forward pass, the transpose in x and that in the weight, of <see cref="X"/>, <see cref="Weight"/> and <see cref="Y"/>.</summary>
    public (double[] Forward, double[] ByInput, double[] ByWeight) Naive()
    {
        double[] forward = new double[Y.Length], byInput = new double[X.Length], byWeight = new double[Weight.Length];
        WindowGrid windows = Sizes.Windows;
        long input = windows.InputCount, output = windows.OutputCount, places = windows.KernelCount;
        for (long n = 0; n < Sizes.Batch * Sizes.Groups; n++)
        {
            for (long o = 0; o < Sizes.GroupOutputs; o++)
            {
                for (long c = 0; c < Sizes.GroupInputs; c++)
                {
                    for (long window = 0; window < output; window++)
                    {
                        for (long k = 0; k < places; k++)
                        {
                            if (Element(window, k) is not { } element) continue;
                            long x = (n * Sizes.GroupInputs + c) * input + element;
                            long w = ((n % Sizes.Groups * Sizes.GroupOutputs + o) * Sizes.GroupInputs + c) * places + k;
                            long y = (n * Sizes.GroupOutputs + o) * output + window;
                            forward[y] += Weight[w] * X[x];
                            byInput[x] += Weight[w] * Y[y];
                            byWeight[w] += X[x] * Y[y];
                        }
                    }
                }
            }
        }
        return (forward, byInput, byWeight);
    }

    public override string ToString() => $"{Sizes}";

    private static WindowAxis Axis(Random random, int longest)
    {
        long kernel = random.Next(1, 6), dilation = random.Next(1, 4), stride = random.Next(3) == 0 ? random.Next(2, 4) : 1;
        long padding = random.Next(0, 4), reach = (kernel - 1) * dilation + 1;
        long input = Math.Max(1, random.Next(1, longest));
        input = Math.Max(input, reach - 2 * padding);
        return new(input, kernel, stride, padding, dilation, (input + 2 * padding - reach) / stride + 1);
    }

    private static double[] Draw(Random random, long count) => [.. Enumerable.Range(0, (int)count).Select(_ => random.NextDouble() - 0.5)];

    private long? Element(long window, long place)
    {
        WindowGrid windows = Sizes.Windows;
        long element = 0;
        foreach ((WindowAxis axis, long each, long of) in new[]
        {
            (windows.Depth, window / (windows.Height.Output * windows.Width.Output), place / (windows.Height.Kernel * windows.Width.Kernel)),
            (windows.Height, window / windows.Width.Output % windows.Height.Output, place / windows.Width.Kernel % windows.Height.Kernel),
            (windows.Width, window % windows.Width.Output, place % windows.Width.Kernel),
        })
        {
            long at = each * axis.Stride - axis.Padding + of * axis.Dilation;
            if (at < 0 || at >= axis.Input) return null;
            element = element * axis.Input + at;
        }
        return element;
    }
}
