using System.Runtime.Intrinsics.X86;
using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels;

/// <summary>GELU and its slope in lanes; how far they are off is measured with the operations.</summary>
public sealed class GeluFunctionTests
{
    private const double Infinity = double.PositiveInfinity;

    public static TheoryData<string> Functions => ["gelu", "gelu slope"];

    [Theory, MemberData(nameof(Functions))]
    public void Every_width_gives_the_bits_of_one_element(string function)
    {
        float[] x = [.. LanePatterns.Singles(0, 4096), .. Enumerable.Range(0, 4096).Select(i => (i - 2048) / 128f)];
        double[] wide = [.. LanePatterns.Doubles(0, 4096), .. Enumerable.Range(0, 4096).Select(i => (i - 2048) / 50.0)];
        float[] one = ElementaryFunction.Run<Single1>(function, x, x);
        double[] wideOne = ElementaryFunction.Run<Double1>(function, wide, wide);
        Same(one, ElementaryFunction.Run<Single128>(function, x, x));
        Same(wideOne, ElementaryFunction.Run<Double128>(function, wide, wide));
        if (Avx2.IsSupported)
        {
            Same(one, ElementaryFunction.Run<Single256>(function, x, x));
            Same(wideOne, ElementaryFunction.Run<Double256>(function, wide, wide));
        }
        if (Avx512F.IsSupported)
        {
            Same(one, ElementaryFunction.Run<Single512>(function, x, x));
            Same(wideOne, ElementaryFunction.Run<Double512>(function, wide, wide));
        }
    }

    [Fact]
    public void Limits_are_exact()
    {
        Assert.Equal([-0.0, 0, 0, Infinity], new[] { -Infinity, -0.0, 0, Infinity }.Select(x => ElementaryFunction.One("gelu", x)));
        Assert.True(double.IsNegative(ElementaryFunction.One("gelu", -0.0)));
        Assert.Equal([0.0, 0.5, 1], new[] { -Infinity, 0, Infinity }.Select(x => ElementaryFunction.One("gelu slope", x)));
        Assert.Equal([0f, 0.5f, 1], new[] { -(float)Infinity, 0, (float)Infinity }.Select(x => ElementaryFunction.One("gelu slope", x)));
        Assert.True(double.IsNaN(ElementaryFunction.One("gelu", double.NaN)) && float.IsNaN(ElementaryFunction.One("gelu slope", float.NaN)));
    }

    private static void Same(float[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(LanePatterns.Pattern(pair.First, false), LanePatterns.Pattern(pair.Second, false)));

    private static void Same(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(LanePatterns.Pattern(pair.First, false), LanePatterns.Pattern(pair.Second, false)));
}
