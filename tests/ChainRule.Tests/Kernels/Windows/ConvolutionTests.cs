using System.Numerics;
using System.Runtime.Intrinsics.X86;
using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels.Windows;

public sealed unsafe class ConvolutionTests
{
    private const int Cases = 120;

    [Fact]
    public void Any_sizes_give_the_sums_over_windows_and_their_transposes()
    {
        int cases = 0;
        for (int seed = 0; seed < Cases; seed++, cases++)
        {
            var sizes = new WindowCase(seed);
            (double[] forward, double[] byInput, double[] byWeight) = sizes.Naive();
            (double[] y, double[] x, double[] weight) = Run<double>(sizes);
            Near(forward, y, 1e-12, $"forward of {sizes}, seed {seed}");
            Near(byInput, x, 1e-12, $"by input of {sizes}, seed {seed}");
            Near(byWeight, weight, 1e-12, $"by weight of {sizes}, seed {seed}");
            (float[] ySingle, float[] xSingle, float[] weightSingle) = Run<float>(sizes);
            Near(forward, ySingle, 2e-5, $"float forward of {sizes}, seed {seed}");
            Near(byInput, xSingle, 2e-5, $"float by input of {sizes}, seed {seed}");
            Near(byWeight, weightSingle, 1e-4, $"float by weight of {sizes}, seed {seed}");
        }
        Assert.Equal(Cases, cases);
    }

    [Fact]
    public void Every_lane_gives_the_bits_of_one_element_after_the_other()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var sizes = new WindowCase(seed);
            float[] expected = Lane<Single1>(sizes);
            Assert.Equal(expected, Lane<Single128>(sizes));
            if (Avx2.IsSupported)
                Assert.Equal(expected, Lane<Single256>(sizes));
            if (Avx512F.IsSupported)
                Assert.Equal(expected, Lane<Single512>(sizes));
        }
    }

    private static float[] Lane<V>(WindowCase sizes) where V : struct, IVectorLane<V, float>
    {
        float[] x = As<float>(sizes.X), weight = As<float>(sizes.Weight), cotangent = As<float>(sizes.Y);
        long chunks = ConvolutionByWeight<V, float>.Chunks(sizes.Sizes);
        float[] y = new float[cotangent.Length], sums = new float[weight.Length * chunks];
        fixed (float* px = x, pw = weight, pc = cotangent, py = y, ps = sums)
        {
            new ConvolutionForward<V, float>(sizes.Sizes, px, pw, py).Run();
            new ConvolutionByWeight<V, float>(sizes.Sizes, px, pc, ps).Run();
        }
        return [.. y, .. sums];
    }

    private static (T[] Y, T[] X, T[] Weight) Run<T>(WindowCase sizes) where T : unmanaged, INumber<T>
    {
        T[] x = As<T>(sizes.X), weight = As<T>(sizes.Weight), cotangent = As<T>(sizes.Y);
        T[] y = new T[cotangent.Length], byInput = new T[x.Length], byWeight = new T[weight.Length];
        fixed (T* px = x, pw = weight, pc = cotangent, py = y, pi = byInput, pb = byWeight)
        {
            Convolution.Forward(sizes.Sizes, px, pw, py);
            Convolution.ByInput(sizes.Sizes, pc, pw, pi);
            Convolution.ByWeight(sizes.Sizes, px, pc, pb);
        }
        return (y, byInput, byWeight);
    }

    private static T[] As<T>(double[] values) where T : INumber<T> => [.. values.Select(T.CreateTruncating)];

    private static void Near<T>(double[] expected, T[] actual, double tolerance, string what) where T : INumber<T>
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - double.CreateTruncating(actual[i])) <= tolerance * (1 + Math.Abs(expected[i]))))
                Assert.Fail($"{what}: element {i} is {actual[i]}, not {expected[i]}");
        }
    }
}
