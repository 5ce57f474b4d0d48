using System.Runtime.Intrinsics.X86;
using ChainRule.Kernels;
using ChainRule.Tests.Kernels.Reference;

namespace ChainRule.Tests.Kernels;

public sealed class DoubleFunctionTests(ITestOutputHelper output)
{
    private const double Infinity = double.PositiveInfinity;
    private const double MostUnits = 2;

    private static readonly (string Function, double X, double Expected)[] Limits =
    [
        ("exp", 0.0, 1.0),
        ("exp", -0.0, 1.0),
        ("exp", -Infinity, 0.0),
        ("exp", Infinity, Infinity),
        ("exp", 709.7827128933841, Infinity),
        ("exp", -745.1332191019411, 5e-324),
        ("exp", -745.1332191019412, 0.0),
        ("exp", -1e308, 0.0),
        ("expm1", 0.0, 0.0),
        ("expm1", -0.0, -0.0),
        ("expm1", -5e-324, -5e-324),
        ("expm1", -Infinity, -1.0),
        ("expm1", Infinity, Infinity),
        ("expm1", 709.7827128933841, Infinity),
        ("log", 1.0, 0.0),
        ("log", 0.0, -Infinity),
        ("log", -0.0, -Infinity),
        ("log", Infinity, Infinity),
        ("log", -Infinity, double.NaN),
        ("log", -5e-324, double.NaN),
        ("log1p", 0.0, 0.0),
        ("log1p", -0.0, -0.0),
        ("log1p", 5e-324, 5e-324),
        ("log1p", -1.0, -Infinity),
        ("log1p", -1.0000000000000002, double.NaN),
        ("log1p", -Infinity, double.NaN),
        ("log1p", Infinity, Infinity),
        ("sin", 0.0, 0.0),
        ("sin", -0.0, -0.0),
        ("sin", 5e-324, 5e-324),
        ("sin", Infinity, double.NaN),
        ("sin", -Infinity, double.NaN),
        ("cos", 0.0, 1.0),
        ("cos", -0.0, 1.0),
        ("cos", Infinity, double.NaN),
        ("cos", -Infinity, double.NaN),
        ("tanh", 0.0, 0.0),
        ("tanh", -0.0, -0.0),
        ("tanh", -5e-324, -5e-324),
        ("tanh", Infinity, 1.0),
        ("tanh", -Infinity, -1.0),
        ("erf", 0.0, 0.0),
        ("erf", -0.0, -0.0),
        ("erf", -5e-324, -5e-324),
        ("erf", Infinity, 1.0),
        ("erf", -Infinity, -1.0),
    ];

    private static readonly (double X, double Y, double Expected)[] Powers =
    [
        (double.NaN, 0.0, 1.0),
        (double.NaN, -0.0, 1.0),
        (Infinity, 0.0, 1.0),
        (0.0, 0.0, 1.0),
        (1.0, double.NaN, 1.0),
        (1.0, Infinity, 1.0),
        (1.0, -Infinity, 1.0),
        (-1.0, Infinity, 1.0),
        (-1.0, -Infinity, 1.0),
        (-1.0, 3.0, -1.0),
        (-1.0, 4503599627370497.0, -1.0),
        (-1.0, 9007199254740992.0, 1.0),
        (-1.0, 0.5, double.NaN),
        (2.0, double.NaN, double.NaN),
        (double.NaN, 2.0, double.NaN),
        (-2.0, 0.5, double.NaN),
        (-2.0, 3.0, -8.0),
        (-2.0, -3.0, -0.125),
        (-2.0, 2.0, 4.0),
        (0.5, Infinity, 0.0),
        (0.5, -Infinity, Infinity),
        (-0.5, Infinity, 0.0),
        (-0.5, -Infinity, Infinity),
        (2.0, Infinity, Infinity),
        (2.0, -Infinity, 0.0),
        (-2.0, Infinity, Infinity),
        (0.0, 3.0, 0.0),
        (0.0, 0.5, 0.0),
        (0.0, -0.5, Infinity),
        (0.0, -Infinity, Infinity),
        (0.0, Infinity, 0.0),
        (-0.0, 3.0, -0.0),
        (-0.0, 2.0, 0.0),
        (-0.0, 0.5, 0.0),
        (-0.0, -3.0, -Infinity),
        (-0.0, -2.0, Infinity),
        (-0.0, -Infinity, Infinity),
        (Infinity, 5e-324, Infinity),
        (Infinity, -5e-324, 0.0),
        (-Infinity, 3.0, -Infinity),
        (-Infinity, 2.0, Infinity),
        (-Infinity, 0.5, Infinity),
        (-Infinity, -3.0, -0.0),
        (-Infinity, -0.5, 0.0),
        (-Infinity, Infinity, Infinity),
        (2.0, 1024.0, Infinity),
        (-2.0, 1025.0, -Infinity),
        (2.0, -1074.0, 5e-324),
        (2.0, -1075.0, 0.0),
        (-2.0, -1077.0, -0.0),
        (1.7976931348623157e308, 1.7976931348623157e308, Infinity),
        (5e-324, 1.7976931348623157e308, 0.0),
        (5e-324, -1.0, Infinity),
        (1.5, 5e-324, 1.0),
    ];

    public static TheoryData<string, int> Functions => new()
    {
        { "exp", 2934 },
        { "expm1", 3994 },
        { "log", 5054 },
        { "log1p", 4887 },
        { "sin", 4788 },
        { "cos", 4788 },
        { "tanh", 4930 },
        { "erf", 4654 },
        { "pow", 5218 },
    };

    [Theory, MemberData(nameof(Functions))]
    public void Every_value_is_within_two_units_of_the_true_one(string function, int count)
    {
        var cases = ElementaryReference.Of(function);
        Assert.Equal(count, cases.Length);
        var results = ElementaryFunction.Run<Double1>(function, [.. cases.Select(c => c.X)], [.. cases.Select(c => c.Y)]);
        var errors = cases.Select((c, i) => c.ErrorOf(results[i])).ToArray();
        var worst = Array.IndexOf(errors, errors.Max());
        output.WriteLine($"{function}: {cases.Length} cases, worst error {errors[worst]:F3} units at {cases[worst].X:R} {cases[worst].Y:R}");
        Assert.True(errors[worst] <= MostUnits, $"{errors[worst]:F3} units: {cases[worst]}, computed {results[worst]:R}");
    }

    [Theory, MemberData(nameof(Functions))]
    public void Every_width_gives_the_bits_of_one_element(string function, int count)
    {
        var cases = ElementaryReference.Of(function);
        var missing = -count & 7;
        double[] x = [.. cases.Select(c => c.X), .. new double[missing], .. LanePatterns.Doubles(0, 2048)];
        double[] y = [.. cases.Select(c => c.Y), .. new double[missing], .. LanePatterns.Doubles(1, 2048)];
        var expected = ElementaryFunction.Run<Double1>(function, x, y);
        Same(ElementaryFunction.Run<Double128>(function, x, y));
        if (Avx2.IsSupported)
        {
            Same(ElementaryFunction.Run<Double256>(function, x, y));
        }
        if (Avx512F.IsSupported)
        {
            Same(ElementaryFunction.Run<Double512>(function, x, y));
        }

        void Same(double[] actual)
        {
            for (var i = 0; i < x.Length; i++)
            {
                Assert.True(LanePatterns.Pattern(expected[i], false) == LanePatterns.Pattern(actual[i], false), $"{function}({x[i]:R}, {y[i]:R}): {actual[i]:R}, one element {expected[i]:R}");
            }
        }
    }

    [Fact]
    public void Limits_are_exact() =>
        Assert.All(Limits, c => AssertBits(c.Expected, ElementaryFunction.One(c.Function, c.X)));

    [Theory, MemberData(nameof(Functions))]
    public void NaN_stays_NaN(string function, int count)
    {
        Assert.True(count > 0);
        Assert.True(double.IsNaN(ElementaryFunction.One(function, double.NaN, 1)));
        Assert.True(double.IsNaN(ElementaryFunction.One(function, -double.NaN, 1)));
    }

    [Fact]
    public void Powers_keep_the_special_cases_of_the_standard() =>
        Assert.All(Powers, c => AssertBits(c.Expected, ElementaryFunction.One("pow", c.X, c.Y)));

    private static void AssertBits(double expected, double actual) =>
        Assert.True(LanePatterns.Pattern(expected, false) == LanePatterns.Pattern(actual, false), $"expected {expected:R}, not {actual:R}");
}
