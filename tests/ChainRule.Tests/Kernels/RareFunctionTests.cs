using System.Runtime.Intrinsics.X86;
using ChainRule.Kernels;
using ChainRule.Tests.Kernels.Reference;

namespace ChainRule.Tests.Kernels;

/// <summary>The functions that are written in doubles only; lanes of floats round their results once.</summary>
public sealed class RareFunctionTests(ITestOutputHelper output)
{
    private const double Infinity = double.PositiveInfinity, Pi = Math.PI;
    private const double MostUnits = 2;

    private static readonly (string Function, double X, double Expected)[] Limits =
    [
        ("log2", 0, -Infinity), ("log2", -0.0, -Infinity), ("log2", Infinity, Infinity), ("log2", -1, double.NaN), ("log2", 5e-324, -1074), ("log2", 8, 3),
        ("log10", 0, -Infinity), ("log10", Infinity, Infinity), ("log10", -5e-324, double.NaN), ("log10", 1, 0), ("log10", 1e15, 15),
        ("exp2", -Infinity, 0), ("exp2", Infinity, Infinity), ("exp2", 1024, Infinity), ("exp2", -1074, 5e-324), ("exp2", -1076, 0), ("exp2", 10, 1024),
        ("tan", 0, 0), ("tan", -0.0, -0.0), ("tan", -5e-324, -5e-324), ("tan", Infinity, double.NaN), ("tan", -Infinity, double.NaN),
        ("asin", -0.0, -0.0), ("asin", 1, Pi / 2), ("asin", -1, -Pi / 2), ("asin", 1.0000000000000002, double.NaN), ("asin", -Infinity, double.NaN),
        ("acos", 1, 0), ("acos", -1, Pi), ("acos", 0, Pi / 2), ("acos", -0.0, Pi / 2), ("acos", -1.0000000000000002, double.NaN), ("acos", Infinity, double.NaN),
        ("atan", -0.0, -0.0), ("atan", 5e-324, 5e-324), ("atan", Infinity, Pi / 2), ("atan", -Infinity, -Pi / 2), ("atan", 1e300, Pi / 2), ("atan", 1, Pi / 4),
        ("sinh", -0.0, -0.0), ("sinh", 5e-324, 5e-324), ("sinh", Infinity, Infinity), ("sinh", -Infinity, -Infinity), ("sinh", 711, Infinity),
        ("cosh", -0.0, 1), ("cosh", Infinity, Infinity), ("cosh", -Infinity, Infinity), ("cosh", -711, Infinity),
        ("asinh", -0.0, -0.0), ("asinh", 5e-324, 5e-324), ("asinh", Infinity, Infinity), ("asinh", -Infinity, -Infinity),
        ("acosh", 1, 0), ("acosh", Infinity, Infinity), ("acosh", 0.9999999999999999, double.NaN), ("acosh", -2, double.NaN), ("acosh", -Infinity, double.NaN),
        ("atanh", -0.0, -0.0), ("atanh", -5e-324, -5e-324), ("atanh", 1, Infinity), ("atanh", -1, -Infinity), ("atanh", 1.0000000000000002, double.NaN), ("atanh", Infinity, double.NaN),
        ("erfc", 0, 1), ("erfc", -0.0, 1), ("erfc", Infinity, 0), ("erfc", -Infinity, 2), ("erfc", 1e300, 0), ("erfc", -7, 2),
        ("erfinv", -0.0, -0.0), ("erfinv", 1, Infinity), ("erfinv", -1, -Infinity), ("erfinv", 1.0000000000000002, double.NaN), ("erfinv", -Infinity, double.NaN),
        ("lgamma", 0, Infinity), ("lgamma", -0.0, Infinity), ("lgamma", -3, Infinity), ("lgamma", Infinity, Infinity), ("lgamma", -Infinity, Infinity), ("lgamma", 1e306, Infinity), ("lgamma", -1e307, Infinity),
        ("digamma", 0, -Infinity), ("digamma", -0.0, Infinity), ("digamma", -3, double.NaN), ("digamma", Infinity, Infinity), ("digamma", -Infinity, double.NaN),
    ];

    private static readonly (double Y, double X, double Expected)[] Angles =
    [
        (0, 0, 0), (-0.0, 0, -0.0), (0, -0.0, Pi), (-0.0, -0.0, -Pi), (0, 1, 0), (-0.0, 1, -0.0), (0, -1, Pi), (-0.0, -1, -Pi),
        (1, 0, Pi / 2), (1, -0.0, Pi / 2), (-1, 0, -Pi / 2), (Infinity, 3, Pi / 2), (-Infinity, -3, -Pi / 2), (3, Infinity, 0), (-3, Infinity, -0.0),
        (3, -Infinity, Pi), (-3, -Infinity, -Pi), (Infinity, Infinity, Pi / 4), (-Infinity, Infinity, -Pi / 4), (Infinity, -Infinity, 3 * Pi / 4),
        (1.7976931348623157e308, 1.7976931348623157e308, Pi / 4), (5e-324, -5e-324, 3 * Pi / 4), (5e-324, 1.7976931348623157e308, 0),
        (double.NaN, 1, double.NaN), (1, double.NaN, double.NaN), (Infinity, double.NaN, double.NaN),
    ];

    public static TheoryData<string> Functions =>
        ["log2", "log10", "exp2", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "asinh", "acosh", "atanh", "erfc", "erfinv", "lgamma", "digamma"];

    [Theory, MemberData(nameof(Functions))]
    public void Every_value_is_within_the_bound_of_the_true_one(string function)
    {
        var cases = ElementaryReference.Of(function);
        Assert.True(cases.Length > 700);
        var results = ElementaryFunction.Run<Double1>(function, [.. cases.Select(c => c.X)], [.. cases.Select(c => c.Y)]);
        double[] errors = [.. cases.Select((c, i) => c.ErrorOf(results[i]))];
        var worst = Array.IndexOf(errors, errors.Max());
        output.WriteLine($"{function}: {cases.Length} cases, worst error {errors[worst]:F3} units at {cases[worst].X:R} {cases[worst].Y:R}");
        Assert.True(errors[worst] <= MostUnits, $"{errors[worst]:F3} units: {cases[worst]}, computed {results[worst]:R}");
    }

    [Theory, MemberData(nameof(Functions))]
    public void Every_width_gives_the_bits_of_one_element(string function)
    {
        var cases = ElementaryReference.Of(function);
        // The last are near poles and roots of the functions of gamma, some of each lane or none.
        double[] x = [.. cases.Select(c => c.X), .. new double[-cases.Length & 7], .. LanePatterns.Doubles(0, 2048), .. Enumerable.Range(0, 4096).Select(i => (i + 0.4) / -112)];
        double[] y = [.. cases.Select(c => c.Y), .. new double[-cases.Length & 7], .. LanePatterns.Doubles(1, 2048), .. new double[4096]];
        var expected = ElementaryFunction.Run<Double1>(function, x, y);
        Same(ElementaryFunction.Run<Double128>(function, x, y));
        if (Avx2.IsSupported)
            Same(ElementaryFunction.Run<Double256>(function, x, y));
        if (Avx512F.IsSupported)
            Same(ElementaryFunction.Run<Double512>(function, x, y));

        void Same(double[] actual)
        {
            for (var i = 0; i < x.Length; i++)
                Assert.True(LanePatterns.Pattern(expected[i], false) == LanePatterns.Pattern(actual[i], false), $"{function}({x[i]:R}, {y[i]:R}): {actual[i]:R}, one element {expected[i]:R}");
        }
    }

    [Theory, MemberData(nameof(Functions))]
    public void Floats_are_the_doubles_rounded_once_in_every_width(string function)
    {
        float[] x = [.. LanePatterns.Singles(0, 4096), .. LanePatterns.Singles(2, 2048).Select(v => (float)Math.Sin(v))];
        float[] y = [.. LanePatterns.Singles(1, 6144)];
        float[] expected = [.. x.Select((value, i) => (float)ElementaryFunction.One(function, (double)value, (double)y[i]))];
        Same(ElementaryFunction.Run<Single1>(function, x, y));
        Same(ElementaryFunction.Run<Single128>(function, x, y));
        if (Avx2.IsSupported)
            Same(ElementaryFunction.Run<Single256>(function, x, y));
        if (Avx512F.IsSupported)
            Same(ElementaryFunction.Run<Single512>(function, x, y));

        void Same(float[] actual)
        {
            for (var i = 0; i < x.Length; i++)
                Assert.True(LanePatterns.Pattern(expected[i], false) == LanePatterns.Pattern(actual[i], false), $"{function}({x[i]:R}, {y[i]:R}): {actual[i]:R}, not {expected[i]:R}");
        }
    }

    [Fact]
    public void Limits_are_exact() =>
        Assert.All(Limits, c => AssertBits(c.Expected, ElementaryFunction.One(c.Function, c.X), $"{c.Function}({c.X:R})"));

    [Fact]
    public void Angles_keep_the_special_cases_of_the_standard() =>
        Assert.All(Angles, c => AssertBits(c.Expected, ElementaryFunction.One("atan2", c.Y, c.X), $"atan2({c.Y:R}, {c.X:R})"));

    [Theory, MemberData(nameof(Functions))]
    public void NaN_stays_NaN(string function) =>
        Assert.True(double.IsNaN(ElementaryFunction.One(function, double.NaN, 1)) && double.IsNaN(ElementaryFunction.One(function, -double.NaN, 1)));

    // Both functions have zeros between the points where they are large; left of 0 one near each integer.
    private static void AssertBits(double expected, double actual, string what) =>
        Assert.True(LanePatterns.Pattern(expected, false) == LanePatterns.Pattern(actual, false), $"{what}: expected {expected:R}, not {actual:R}");
}
