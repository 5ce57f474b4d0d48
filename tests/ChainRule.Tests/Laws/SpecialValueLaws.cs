namespace ChainRule.Tests.Laws;

/// <summary>Signed zeros, infinities, NaN and subnormal numbers, and the derivatives that are conventions.</summary>
public sealed class SpecialValueLaws
{
    private static readonly double[] Specials =
        [0, -0.0, 1, -1, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.Epsilon, -double.Epsilon, 2.5, -3];

    public static TheoryData<string> Names => [.. OpCases.All.Where(row => row.Scalar is not null).Select(row => row.Name)];

    public static TheoryData<string> NamesWithPoints => [.. OpCases.All.Where(row => row.Points.Length > 0).Select(row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Special_values_give_what_the_reference_gives(string name)
    {
        OpCase row = OpCases.Named(name);
        double[][] arguments = row.Arity == 1
            ? [.. Specials.Select(x => new[] { x })]
            : [.. Specials.SelectMany(a => Specials.Select(b => new[] { a, b }))];
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            foreach (double[] given in arguments)
            {
                Tensor[] x = Array.ConvertAll(given, value => Tensor.Full([], dtype == DType.Float32 ? InSingle(value) : value, dtype));
                double expected = Reference(row, Array.ConvertAll(x, value => value.Item<double>()));
                double actual = row.Variants[0].Function(x).Item<double>();
                Near(dtype == DType.Float32 ? (float)expected : expected, actual, dtype, $"{name}({string.Join(", ", given)}) in {dtype}");
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Large_and_small_arguments_give_what_the_reference_gives(string name)
    {
        OpCase row = OpCases.Named(name);
        double[] sizes = [.. Enumerable.Range(-12, 20).Select(power => 1.37 * Math.Pow(10, power))];
        foreach (double x in sizes.Concat(sizes.Select(size => -size)))
        {
            double[] arguments = row.Arity == 1 ? [x] : [x, 1.75];
            double expected = Reference(row, arguments);
            double actual = row.Variants[0].Function(Array.ConvertAll(arguments, value => (Tensor)value)).Item<double>();
            // In the tails of erf and gelu something near 1 is subtracted from 1.
            Compare.Close([expected], [actual], 1e-13, 2e-16 * Math.Min(1, Math.Abs(x)), $"{name}({x})");
        }
    }

    [Theory, MemberData(nameof(NamesWithPoints))]
    public void Derivatives_at_kinks_and_poles_are_those_of_the_table(string name)
    {
        OpCase row = OpCases.Named(name);
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            foreach (double[] point in row.Points)
            {
                Tensor[] x = [.. point[..row.Arity].Select(value => Tensor.Full([], value, dtype).RequiresGrad())];
                Tensor[] gradients = Differentiate.Gradients(row.Variants[0].Function(x), x);
                for (int i = 0; i < x.Length; i++)
                    Near(point[row.Arity == 1 ? 1 : 2 + i], gradients[i].Item<double>() + 0, dtype, $"d/dx{i} of {name} at {string.Join(", ", point[..row.Arity])} in {dtype}");
            }
        }
    }

    private static double InSingle(double value) => Math.Abs(value) == double.Epsilon ? Math.CopySign(float.Epsilon, value) : (float)value;

    private static double Reference(OpCase row, double[] x) =>
        row.Scalar is Func<double, double> unary ? unary(x[0]) : ((Func<double, double, double>)row.Scalar!)(x[0], x[1]);

    // Zeros, infinities and NaN must be exact; the rest may be rounded, and relative to 1 where gelu subtracts from 1.
    private static void Near(double expected, double actual, DType dtype, string because)
    {
        bool isExact = expected == 0 || !double.IsFinite(expected);
        double relative = dtype == DType.Float32 ? 5e-7 : 2e-15;
        double allowed = relative * Math.Max(Math.Abs(expected), Math.Abs(expected) > 1e-3 ? 0.1 : 0);
        bool isNear = Compare.IsSame(expected, actual) || (!isExact && Math.Abs(expected - actual) <= allowed);
        Assert.True(isNear, $"{because} is {actual:R}, not {expected:R}");
    }
}
