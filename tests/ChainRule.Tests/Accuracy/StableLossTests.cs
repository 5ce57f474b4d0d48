using ChainRule.Autograd;
using ChainRule.Nn;
using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Accuracy;

/// <summary>The losses of logits in float32, over all numbers of 16 bits and over the whole range of float32 (P14).</summary>
public sealed class StableLossTests(ITestOutputHelper output)
{
    private const int Floats = 1_000_000;

    // Of the 2^16 halfs, 2048 are infinite or NaN.
    private static readonly float[] Arguments = [.. Halfs(), .. LogSpaced()];

    public static TheoryData<string> Names => [.. Losses.Select(loss => loss.Name)];

    private static (string Name, Func<Tensor, Tensor> Function, Func<double, double> Value, Func<double, double> Slope)[] Losses { get; } =
    [
        ("softplus", x => x.Softplus(), SpecialFunctions.Softplus, SpecialFunctions.Sigmoid),
        ("log sigmoid", x => x.LogSigmoid(), x => -SpecialFunctions.Softplus(-x), x => SpecialFunctions.Sigmoid(-x)),
        ("sigmoid", x => x.Sigmoid(), SpecialFunctions.Sigmoid, SlopeOfSigmoid),
        ("binary cross entropy of a yes", x => Loss.BinaryCrossEntropyWithLogits(x, Tensor.Ones(x.Shape, x.DType), Reduction.None), x => SpecialFunctions.Softplus(-x), x => -SpecialFunctions.Sigmoid(-x)),
        ("binary cross entropy of a no", x => Loss.BinaryCrossEntropyWithLogits(x, Tensor.Zeros(x.Shape, x.DType), Reduction.None), SpecialFunctions.Softplus, SpecialFunctions.Sigmoid),
        ("cross entropy of the first of two", x => Loss.CrossEntropy(Tensor.Stack([x, Tensor.Zeros(x.Shape, x.DType)], -1), Tensor.Zeros(x.Shape, DType.Int64), Reduction.None), x => SpecialFunctions.Softplus(-x), x => -SpecialFunctions.Sigmoid(-x)),
        ("cross entropy of the second of two", x => Loss.CrossEntropy(Tensor.Stack([x, Tensor.Zeros(x.Shape, x.DType)], -1), Tensor.Ones(x.Shape, DType.Int64), Reduction.None), SpecialFunctions.Softplus, SpecialFunctions.Sigmoid),
    ];

    [Theory, MemberData(nameof(Names))]
    public void Every_half_and_a_million_floats_are_within_2_units_and_their_slopes_within_4(string name)
    {
        (_, Func<Tensor, Tensor> function, Func<double, double> value, Func<double, double> slope) = Losses.Single(loss => loss.Name == name);
        Tensor x = Tensor.From(Arguments).RequiresGrad();
        Tensor y = function(x);
        double worst = Worst(y, Arguments, value), worstSlope = Worst(Differentiate.Gradients(y, [x], Tensor.Ones(y.Shape))[0], Arguments, slope);
        output.WriteLine($"{name}, {Arguments.Length} arguments: value {worst:F2} units, slope {worstSlope:F2}");
        Assert.Equal(65_536 - 2_048 + Floats, Arguments.Length);
        Assert.True(worst <= 2, $"value of {name}: {worst} units");
        Assert.True(worstSlope <= 4, $"slope of {name}: {worstSlope} units");
    }

    [Fact]
    public void Gelu_in_float32_is_within_4_units_down_to_where_it_vanishes()
    {
        float[] arguments = [.. Enumerable.Range(0, 100_000).Select(i => (float)(-15 + (i * 3e-4))), .. LogSpaced().Where((_, i) => i % 10 == 0)];
        Tensor x = Tensor.From(arguments).RequiresGrad();
        Tensor y = x.Gelu();
        double worst = Worst(y, arguments, v => Math.Max(v, -1000) * SpecialFunctions.NormalDistribution(v));
        double worstSlope = Worst(Differentiate.Gradients(y, [x], Tensor.Ones(y.Shape))[0], arguments, SpecialFunctions.GeluSlope);
        output.WriteLine($"gelu, {arguments.Length} arguments: value {worst:F2} units, slope {worstSlope:F2}");
        Assert.True(worst <= 4 && worstSlope <= 4, $"{worst} and {worstSlope} units");
    }

    // In double, whose errors are 2^-29 of a unit of float32.
    private static double Worst(Tensor computed, float[] arguments, Func<double, double> truth)
    {
        float[] values = computed.ToArray<float>();
        double worst = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double expected = truth(arguments[i]);
            double unit = Math.ScaleB(1, (expected == 0 ? -126 : Math.Max(Math.ILogB(expected), -126)) - 23);
            double units = Math.Abs(values[i] - expected) / unit;
            worst = Math.Max(worst, double.IsNaN(units) ? double.PositiveInfinity : units);
        }
        return worst;
    }

    private static double SlopeOfSigmoid(double x) => Math.Exp(-Math.Abs(x)) / Math.Pow(1 + Math.Exp(-Math.Abs(x)), 2);

    private static IEnumerable<float> Halfs() =>
        Enumerable.Range(0, 1 << 16).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits)).Where(float.IsFinite);

    // From the least subnormal number up, both signs in turn.
    private static IEnumerable<float> LogSpaced() =>
        Enumerable.Range(0, Floats).Select(i => (float)((i % 2 == 0 ? 1 : -1) * Math.Pow(2, -149 + (i * 276.9 / Floats))));
}
