using ChainRule.Autograd;

namespace ChainRule.Tests.Ops;

/// <summary>Elementwise cases in which well-known systems were wrong, and calls that must fail with the name of the operation.</summary>
public sealed class ElementwiseHardCases
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void Acos_of_cos_at_0_has_no_derivative_and_says_NaN_rather_than_a_number() => // H08
        Assert.Equal([double.NaN], Slope(x => x.Cos().Acos(), 0));

    [Fact]
    public void An_angle_that_a_mask_drops_adds_nothing() // H15
    {
        Tensor y = Doubles(2, 0, 0, 0), x = Doubles(1, 0, 2, 3).RequiresGrad();
        Tensor kept = Tensor.Atan2(y, x).Take(Tensor.From([0L, 2, 3], [3]), 0);
        Assert.Equal([Math.Round(-2 / 15.0, 15), 0, 0, 0], Rounded(Differentiate.Gradients(kept.Mean(), [x])[0]));
    }

    [Fact]
    public void Every_spelling_of_a_bound_has_slope_0_there() // H17
    {
        Assert.Equal([0.0], Slope(x => x.Relu(), 0));
        Assert.Equal([0.0], Slope(x => x.Clamp(min: 0), 0));
        Assert.Equal([0.0, 0], Slope(x => x.Hardtanh(), -1, 1));
        Assert.Equal([0.0, 0], Slope(x => x.Relu6(), 0, 6));
        Assert.Equal([0.0, 0], Slope(x => x.Hardsigmoid(), -3, 3));
        Assert.Equal([0.0, 0], Slope(x => x.Softshrink(), -0.5, 0.5));
    }

    [Fact]
    public void Equal_bounds_of_clamp_share_a_gradient_of_1() // H21
    {
        Tensor[] x = [Doubles(2).RequiresGrad(), Doubles(2).RequiresGrad(), Doubles(2).RequiresGrad()];
        Tensor[] shares = Differentiate.Gradients(x[0].Clamp(x[1], x[2]), x);
        Assert.Equal([0.25, 0.25, 0.5], shares.Select(share => share.Item<double>()));
        Assert.Equal([1.0, 2, 3], Doubles(0, 2, 5).Clamp(Doubles(1), Doubles(3)).ToArray<double>());
        Assert.Equal([1.0, 5], Doubles(0, 5).Clamp(Doubles(1), null).ToArray<double>());
    }

    [Fact]
    public void Sinc_has_all_its_derivatives_at_0() // H41
    {
        Func<Tensor, Tensor> first = Differentiate.Grad((Tensor x) => x.Sinc()), second = Differentiate.Grad(first), fourth = Differentiate.Grad(Differentiate.Grad(second));
        Assert.Equal(0, first(Doubles(0)[0]).Item<double>());
        Assert.Equal(-Math.PI * Math.PI / 3, second(Doubles(0)[0]).Item<double>(), 1e-14);
        Assert.Equal(Math.Pow(Math.PI, 4) / 5, fourth(Doubles(0)[0]).Item<double>(), 1e-12);
    }

    [Fact]
    public void Slopes_of_saturated_functions_are_small_but_not_0() // H43, H44
    {
        Assert.Equal([4.248354255291589e-18, 5.551115123125775e-17], Slope(x => x.Sigmoid(), 40, 37.42994775023705), Near);
        Assert.Equal([1.6993417021166355e-17], Slope(x => x.Tanh(), 20), Near);
        Assert.Equal([1 + 4.248354255291589e-18 * 39, -4.248354255291589e-18 * 39], Slope(x => x.Silu(), 40, -40), Near);
        Assert.Equal([4.248354255291589e-18], Slope(x => x.LogSigmoid(), 40), Near);
    }

    [Fact]
    public void Ldexp_takes_negative_integers() // H47
    {
        Assert.Equal([1.0, 0.25], Tensor.Ldexp(Doubles(2, 2), Tensor.From([-1L, -3], [2])).ToArray<double>());
        Tensor t = Doubles(0.7).RequiresGrad();
        Tensor sum = Tensor.Ldexp(Tensor.Concat([t, t.Square()]), Tensor.From([1L, -2], [2])).Sum();
        Assert.Equal(2.35, Differentiate.Gradients(sum, [t])[0].Item<double>(), 1e-15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Softplus_of_a_large_number_is_the_number(double beta) // H48
    {
        Tensor x = Tensor.From([20f, 50f, 100f], [3]).RequiresGrad();
        Tensor y = x.Softplus(beta);
        Assert.Equal([20f, 50f, 100f], y.ToArray<float>());
        Assert.Equal([1f, 1f, 1f], Differentiate.Gradients(y.Sum(), [x])[0].ToArray<float>());
    }

    [Fact]
    public void Hypot_neither_overflows_nor_vanishes()
    {
        Assert.Equal(1.4142135f * 1e38f, Tensor.Hypot(Tensor.From([1e38f], [1]), Tensor.From([1e38f], [1])).Item<float>(), 1e32f);
        Assert.Equal(5e-200, Tensor.Hypot(Doubles(3e-200), Doubles(4e-200)).Item<double>(), 1e-214);
        Assert.Equal(Infinity, Tensor.Hypot(Doubles(double.NaN), Doubles(-Infinity)).Item<double>());
    }

    [Fact]
    public void Polygamma_follows_its_recurrence_and_its_reflection()
    {
        foreach (int order in (int[])[1, 2, 3, 8])
        {
            Tensor x = Doubles(0.3, 2.7, 30.5, -0.3, -4.6);
            double sign = order % 2 == 0 ? 1 : -1, factor = Enumerable.Range(1, order).Aggregate(1.0, (a, b) => a * b);
            double[] expected = (x.Polygamma(order) + sign * factor * x.Pow(-order - 1)).ToArray<double>(), actual = (x + 1).Polygamma(order).ToArray<double>();
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(1, actual[i] / expected[i], 1e-8);
        }
        Assert.Equal(Math.PI * Math.PI / 6, Doubles(1).Polygamma(1).Item<double>(), 1e-15);
        Assert.Equal(-2 * 1.2020569031595942, Doubles(1).Polygamma(2).Item<double>(), 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => Doubles(1).Polygamma(21));
        Assert.Throws<ArgumentOutOfRangeException>(() => Doubles(1).Polygamma(-1));
    }

    [Fact]
    public void Remainders_of_integers_have_the_sign_of_Python_or_of_C()
    {
        Tensor a = Tensor.From([7, -7, 7, -7, int.MinValue], [5]), b = Tensor.From([3, 3, -3, -3, -1], [5]);
        Assert.Equal([1, 2, -2, -1, 0], Tensor.Remainder(a, b).ToArray<int>());
        Assert.Equal([1, -1, 1, -1, 0], Tensor.Fmod(a, b).ToArray<int>());
        Assert.Equal([2, -3, -3, 2, int.MinValue], Tensor.FloorDivide(a, b).ToArray<int>());
        Assert.Equal([1.5, -2, double.NaN, Infinity], Tensor.Remainder(Doubles(-8.5, 4, 4, -1), Doubles(2, -3, 0, Infinity)).ToArray<double>());
        Assert.Equal([3.0, -4, 6, 9, -1, -2, double.NaN], Tensor.FloorDivide(Doubles(7.5, -7.5, 0.7, 1, -1, 3, Infinity), Doubles(2, 2, 0.1, 0.1, Infinity, -2, 2)).ToArray<double>());
        Assert.Equal([Infinity, -Infinity, double.NaN], Tensor.FloorDivide(Doubles(1, -1, 0), 0).ToArray<double>());
        foreach (Func<Tensor, Tensor, Tensor> divide in (Func<Tensor, Tensor, Tensor>[])[Tensor.Remainder, Tensor.Fmod, Tensor.FloorDivide])
            Assert.Throws<DivideByZeroException>(() => divide(a, Tensor.From([1, 2, 3, 4, 0], [5])));
    }

    [Fact]
    public void Bits_move_within_their_type()
    {
        Tensor x = Tensor.From([1, -8, int.MaxValue], [3]);
        Assert.Equal([4, -32, -4], x.BitwiseLeftShift(Tensor.From([2], [1])).ToArray<int>());
        Assert.Equal([0, -2, 536870911], x.BitwiseRightShift(Tensor.From([2], [1])).ToArray<int>());
        Assert.Equal([0, 0, 0], x.BitwiseLeftShift(Tensor.From([32, -1, 99], [3])).ToArray<int>());
        Assert.Equal([0, -1, 0], x.BitwiseRightShift(Tensor.From([32, -1, 99], [3])).ToArray<int>());
        Assert.Contains("BitwiseAnd", Assert.Throws<DTypeException>(() => Tensor.BitwiseAnd(x, Doubles(1))).Message, StringComparison.Ordinal);
        Assert.Contains("BitwiseLeftShift", Assert.Throws<DTypeException>(() => Doubles(1).BitwiseLeftShift(x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_arguments_name_the_operation()
    {
        Tensor x = Doubles(1, 2, 3);
        Assert.Contains("Glu", Assert.Throws<ShapeException>(() => x.Glu()).Message, StringComparison.Ordinal);
        Assert.Contains("Glu", Assert.Throws<ShapeException>(() => x.Glu(2)).Message, StringComparison.Ordinal);
        Assert.Contains("Hypot", Assert.Throws<ShapeException>(() => Tensor.Hypot(x, Doubles(1, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("Celu", Assert.Throws<ArgumentOutOfRangeException>(() => x.Celu(0)).Message, StringComparison.Ordinal);
        Assert.Contains("Softplus", Assert.Throws<ArgumentOutOfRangeException>(() => x.Softplus(-1)).Message, StringComparison.Ordinal);
        Assert.Contains("Softshrink", Assert.Throws<ArgumentOutOfRangeException>(() => x.Softshrink(-1)).Message, StringComparison.Ordinal);
        Assert.Contains("Hardshrink", Assert.Throws<ArgumentOutOfRangeException>(() => x.Hardshrink(double.NaN)).Message, StringComparison.Ordinal);
    }

    private static Tensor Doubles(params double[] values) => Tensor.From(values, [values.Length]);

    private static double[] Slope(Func<Tensor, Tensor> function, params double[] points)
    {
        Tensor x = Doubles(points).RequiresGrad();
        return Differentiate.Gradients(function(x).Sum(), [x])[0].ToArray<double>();
    }

    private static double[] Rounded(Tensor x) => Array.ConvertAll(x.ToArray<double>(), value => Math.Round(value, 15) + 0);

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-14 * Math.Abs(a);
}
