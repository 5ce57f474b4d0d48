using System.Runtime.Intrinsics.X86;
using ChainRule.Kernels;
using ChainRule.Tests.Kernels.Reference;

namespace ChainRule.Tests.Kernels;

public sealed class SingleFunctionTests(ITestOutputHelper output)
{
    private const float Infinity = float.PositiveInfinity;
    private const double MostUnits = 2;
    private const int MantissasPerBinade = 200;

    private static readonly float[] Sweep = AllBinades();

    private static readonly (string Function, float X, float Expected)[] Limits =
    [
        ("exp", 0f, 1f), ("exp", -0f, 1f), ("exp", -Infinity, 0f), ("exp", Infinity, Infinity),
        ("exp", 88.72284f, Infinity), ("exp", -103.97207f, 1e-45f), ("exp", -103.97209f, 0f), ("exp", -3e38f, 0f),
        ("expm1", 0f, 0f), ("expm1", -0f, -0f), ("expm1", -1e-45f, -1e-45f), ("expm1", -Infinity, -1f),
        ("expm1", Infinity, Infinity), ("expm1", 88.72284f, Infinity), ("expm1", -20f, -1f),
        ("log", 1f, 0f), ("log", 0f, -Infinity), ("log", -0f, -Infinity), ("log", Infinity, Infinity),
        ("log", -Infinity, float.NaN), ("log", -1e-45f, float.NaN),
        ("log1p", 0f, 0f), ("log1p", -0f, -0f), ("log1p", 1e-45f, 1e-45f), ("log1p", -1f, -Infinity),
        ("log1p", -1.0000001f, float.NaN), ("log1p", -Infinity, float.NaN), ("log1p", Infinity, Infinity),
        ("sin", 0f, 0f), ("sin", -0f, -0f), ("sin", 1e-45f, 1e-45f), ("sin", -Infinity, float.NaN), ("sin", Infinity, float.NaN),
        ("cos", 0f, 1f), ("cos", -0f, 1f), ("cos", -Infinity, float.NaN), ("cos", Infinity, float.NaN),
        ("tanh", 0f, 0f), ("tanh", -0f, -0f), ("tanh", -1e-45f, -1e-45f), ("tanh", Infinity, 1f), ("tanh", -Infinity, -1f),
        ("erf", 0f, 0f), ("erf", -0f, -0f), ("erf", -1e-45f, -1e-45f), ("erf", Infinity, 1f), ("erf", -Infinity, -1f),
    ];

    private static readonly (float X, float Y, float Expected)[] Powers =
    [
        (float.NaN, 0f, 1f), (float.NaN, -0f, 1f), (Infinity, 0f, 1f), (0f, 0f, 1f), (-0f, -0f, 1f), (-2f, 0f, 1f),
        (1f, float.NaN, 1f), (1f, Infinity, 1f), (1f, -Infinity, 1f), (-1f, Infinity, 1f), (-1f, -Infinity, 1f),
        (-1f, 3f, -1f), (-1f, 8388609f, -1f), (-1f, 16777216f, 1f), (-1f, 0.5f, float.NaN), (-1f, 8388607.5f, float.NaN),
        (2f, float.NaN, float.NaN), (float.NaN, 2f, float.NaN), (-1f, float.NaN, float.NaN), (-2f, 0.5f, float.NaN),
        (-2f, 3f, -8f), (-2f, -3f, -0.125f), (-2f, 2f, 4f), (2f, 10f, 1024f), (4f, 0.5f, 2f), (10f, 2f, 100f),
        (0.5f, Infinity, 0f), (0.5f, -Infinity, Infinity), (-0.5f, Infinity, 0f), (-0.5f, -Infinity, Infinity),
        (2f, Infinity, Infinity), (2f, -Infinity, 0f), (-2f, Infinity, Infinity), (-2f, -Infinity, 0f),
        (0f, 3f, 0f), (0f, 0.5f, 0f), (0f, -0.5f, Infinity), (0f, -3f, Infinity), (0f, Infinity, 0f), (0f, -Infinity, Infinity),
        (-0f, 3f, -0f), (-0f, 2f, 0f), (-0f, 0.5f, 0f), (-0f, -3f, -Infinity), (-0f, -2f, Infinity), (-0f, -Infinity, Infinity),
        (Infinity, 1e-45f, Infinity), (Infinity, -1e-45f, 0f), (-Infinity, 3f, -Infinity), (-Infinity, 2f, Infinity),
        (-Infinity, 0.5f, Infinity), (-Infinity, -3f, -0f), (-Infinity, -0.5f, 0f), (-Infinity, Infinity, Infinity),
        (2f, 128f, Infinity), (-2f, 129f, -Infinity), (2f, -149f, 1e-45f), (2f, -151f, 0f), (-2f, -153f, -0f), (2f, -126f, 1.1754944e-38f),
        (float.MaxValue, float.MaxValue, Infinity), (1e-45f, float.MaxValue, 0f), (1e-45f, -1f, Infinity), (1.5f, 1e-45f, 1f),
    ];

    public static TheoryData<string> Functions => ["exp", "expm1", "log", "log1p", "sin", "cos", "tanh", "erf", "pow"];

    [Theory, MemberData(nameof(Functions))]
    public void Every_binade_is_within_two_units_of_the_true_value(string function)
    {
        var x = function == "pow" ? Bases() : Sweep;
        var y = function == "pow" ? Exponents(x) : x;
        var results = ElementaryFunction.Run<Single1>(function, x, y);
        int ran = 0, worst = -1;
        double most = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var units = SingleReference.UnitsOff(results[i], SingleReference.Of(function, x[i], y[i]));
            ran++;
            if (units > most)
            {
                (most, worst) = (units, i);
            }
        }
        output.WriteLine($"{function}: {ran} cases, worst error {most:F3} units at {x[worst]:R} {y[worst]:R}");
        Assert.Equal(function == "pow" ? 60_000 : 255 * 2 * MantissasPerBinade, ran);
        Assert.True(most <= MostUnits, $"{most:F3} units: {function}({x[worst]:R}, {y[worst]:R}) is {SingleReference.Of(function, x[worst], y[worst]):R}, computed {results[worst]:R}");
    }

    [Theory, MemberData(nameof(Functions))]
    public void Every_width_gives_the_bits_of_one_element(string function)
    {
        float[] x = [.. Sweep.Where((_, i) => i % 5 == 0), .. LanePatterns.Singles(0, 4096), .. Bases().Take(4096)];
        float[] y = [.. Sweep.Where((_, i) => i % 5 == 1), .. LanePatterns.Singles(1, 4096), .. Exponents(x[^4096..])];
        var expected = ElementaryFunction.Run<Single1>(function, x, y);
        Same(ElementaryFunction.Run<Single128>(function, x, y));
        if (Avx2.IsSupported)
        {
            Same(ElementaryFunction.Run<Single256>(function, x, y));
        }
        if (Avx512F.IsSupported)
        {
            Same(ElementaryFunction.Run<Single512>(function, x, y));
        }

        void Same(float[] actual)
        {
            for (var i = 0; i < x.Length; i++)
            {
                if (LanePatterns.Pattern(expected[i], false) != LanePatterns.Pattern(actual[i], false))
                {
                    Assert.Fail($"{function}({x[i]:R}, {y[i]:R}): {actual[i]:R}, one element {expected[i]:R}");
                }
            }
        }
    }

    [Theory]
    [InlineData("sin")]
    [InlineData("cos")]
    public void Near_the_multiples_of_half_pi_no_bits_are_lost(string function)
    {
        float[] x = [.. Enumerable.Range(1, 200_000).Select(k => (float)(k * (Math.PI / 2)))];
        var results = ElementaryFunction.Run<Single1>(function, x, x);
        var errors = x.Select((value, i) => SingleReference.UnitsOff(results[i], SingleReference.Of(function, value, 0))).ToArray();
        Assert.Contains(x, value => value > 300_000);
        Assert.True(errors.Max() <= MostUnits, $"{errors.Max():F3} units: {function}({x[Array.IndexOf(errors, errors.Max())]:R})");
    }

    [Fact]
    public void Limits_are_exact() =>
        Assert.All(Limits, c => AssertBits(c.Expected, ElementaryFunction.One(c.Function, c.X)));

    [Fact]
    public void Powers_keep_the_special_cases_of_the_standard() =>
        Assert.All(Powers, c => AssertBits(c.Expected, ElementaryFunction.One("pow", c.X, c.Y)));

    [Theory, MemberData(nameof(Functions))]
    public void NaN_stays_NaN(string function)
    {
        Assert.True(float.IsNaN(ElementaryFunction.One(function, float.NaN, 1f)));
        Assert.True(float.IsNaN(ElementaryFunction.One(function, -float.NaN, 1f)));
    }

    /// <summary>Every exponent with both signs and the same number of mantissas, the least and the greatest among them.</summary>
    private static float[] AllBinades()
    {
        var random = new Random(11);
        var values = new List<float>();
        for (var exponent = 0; exponent < 255; exponent++)
        {
            for (var k = 0; k < 2 * MantissasPerBinade; k++)
            {
                var mantissa = (k >> 1) switch { 0 => 0, 1 => 0x7FFFFF, _ => random.Next(0x800000) };
                values.Add(BitConverter.Int32BitsToSingle((k & 1) << 31 | exponent << 23 | mantissa));
            }
        }
        return [.. values];
    }

    /// <summary>A third each: any positive value, close to 1, and of a usual size.</summary>
    private static float[] Bases()
    {
        var random = new Random(12);
        return [.. Enumerable.Range(0, 60_000).Select(i => (i % 3) switch
        {
            0 => BitConverter.Int32BitsToSingle(random.Next(1, 0x7F800000)),
            1 => (float)(1 + (random.NextDouble() - 0.5) * Math.ScaleB(1, -random.Next(22))),
            _ => (float)(random.NextDouble() * 20),
        })];
    }

    /// <summary>Mostly such that the power is finite, subnormal results included.</summary>
    private static float[] Exponents(float[] bases)
    {
        var random = new Random(13);
        return [.. bases.Select((x, i) => i % 4 == 0
            ? random.Next(-30, 30) * 0.5f
            : (float)((random.NextDouble() * 290 - 155) / Math.Log2(x)))];
    }

    private static void AssertBits(float expected, float actual) =>
        Assert.True(LanePatterns.Pattern(expected, false) == LanePatterns.Pattern(actual, false), $"expected {expected:R}, not {actual:R}");
}
