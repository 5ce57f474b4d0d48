using ChainRule.Autograd;

namespace ChainRule.Tests.Ops;

/// <summary>Results and gradients that are finite although a step on the obvious way to them is not, and the signs of zeros.</summary>
public sealed class RangeHardCases
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void Ldexp_reaches_every_result_whatever_the_power_alone_is()
    {
        double[] sizes = [0.5, Math.ScaleB(1, 1000), 1e-300, 0, double.Epsilon, -Math.ScaleB(1, 1023), 1, 1, Infinity];
        double[] powers = [1024, -1080, 1500, 5000, 2097, -2097, 1e300, -1e300, -5000];
        Assert.Equal([Math.ScaleB(1, 1023), Math.ScaleB(1, -80), Math.ScaleB(1e-300, 1500), 0, Math.ScaleB(1, 1023), -double.Epsilon, Infinity, 0, Infinity], Tensor.Ldexp(Doubles(sizes), Doubles(powers)).ToArray<double>());
        Assert.Equal([MathF.ScaleB(1e-30f, 200), 0, MathF.ScaleB(1, 127)], Tensor.Ldexp(Tensor.From([1e-30f, 0, float.Epsilon], [3]), Tensor.From([200, int.MaxValue, 276], [3])).ToArray<float>());
        Assert.Equal([Math.ScaleB(1, 200)], Tensor.Ldexp(Doubles(1), Tensor.From([200f], [1])).ToArray<double>());
        Assert.Equal([double.NaN, double.NaN, Infinity], Tensor.Ldexp(Doubles(0, 1, 1), Doubles(Infinity, double.NaN, Infinity)).ToArray<double>());
    }

    [Fact]
    public void Ldexp_rounds_a_subnormal_result_once()
    {
        double odd = 4 / 3.0;
        for (int power = -1080; power <= -1000; power++)
        {
            double[] sizes = [odd, 1.9999999999999998, 1.5 * Math.ScaleB(1, 30), Math.ScaleB(odd, -60), Math.ScaleB(odd, 900)];
            double[] expected = Array.ConvertAll(sizes, size => Math.ScaleB(size, power));
            Assert.Equal(expected, Tensor.Ldexp(Doubles(sizes), Tensor.From([power], [1]).To(DType.Int64)).ToArray<double>());
        }
    }

    [Fact]
    public void Gradients_of_Ldexp_are_the_power_and_the_result_times_ln_2()
    {
        Tensor x = Doubles(0.5, Math.ScaleB(1, 1000), 0).RequiresGrad(), n = Doubles(1022.5, -1080, 5000).RequiresGrad();
        Tensor y = Tensor.Ldexp(x, n);
        Tensor[] slopes = Differentiate.Gradients((y * Doubles(Math.ScaleB(1, -40), Math.ScaleB(1, 1000), 0)).Sum(), [x, n]);
        double[] truth = [Math.ScaleB(Math.Sqrt(2), 982), Math.ScaleB(1, -80)];
        Assert.Equal(truth, slopes[0].ToArray<double>()[..2], Near);
        Assert.Equal([Math.ScaleB(Math.Sqrt(2) * Math.Log(2), 981), Math.ScaleB(Math.Log(2), 920), 0], slopes[1].ToArray<double>(), Near);
    }

    [Fact]
    public void Infinite_elements_share_the_gradient_of_a_cumulative_logarithm_of_sums()
    {
        Func<Tensor, Tensor> sums = x => x.CumulativeLogSumExp(0);
        Tensor x = Doubles(-Infinity, -Infinity, 1, Infinity, 2);
        Assert.Equal([-Infinity, -Infinity, 1, Infinity, Infinity], sums(x).ToArray<double>());
        Assert.Equal([0.0, 0, 1, 2, 0], Slope(sums, x));
        Assert.Equal([0.0, 2.5, 0, 0.5], Slope(sums, Doubles(-Infinity, Infinity, 3, Infinity)));
        (Tensor value, Tensor tangent) = Differentiate.Jvp(sums, Doubles(0, Infinity), Doubles(3, 5));
        Assert.Equal([0.0, Infinity], value.ToArray<double>());
        Assert.Equal([3.0, 5], tangent.ToArray<double>());
    }

    [Fact]
    public void The_gradient_of_a_product_is_finite_where_partial_products_are_not()
    {
        Func<Tensor, Tensor> product = x => x.Prod();
        Assert.Equal(1, Slope(product, Doubles(1e-200, 1e-200, 3, 1e200, 1e200))[2], 1e-14);
        Assert.Equal(1e100, Slope(product, Doubles(1e200, 1e200, 1e-300, 1e-300))[2], 1e87);
        double[] besideZero = Slope(product, Doubles(0, 1e200, 1e-300, 1e200));
        Assert.Equal(1e100, besideZero[0], 1e87);
        Assert.Equal([0.0, 0, 0], besideZero[1..]);
        float[] narrow = Differentiate.Grad(product)(Tensor.From([1e-30f, -1e-30f, 3, 1e30f, 1e30f], [5])).ToArray<float>();
        Assert.Equal(-1, narrow[2], 1e-6f);
        Assert.Equal([Infinity, Infinity, 6], Slope(product, Doubles(2, 3, Infinity)));
        Assert.Equal([1e200, 3.0], Slope(product, Doubles(3, 1e200)));
    }

    [Fact]
    public void Second_derivatives_of_a_product_pass_the_scaling_by_powers_of_2()
    {
        double[] hessian = Differentiate.Hessian((Tensor x) => x.Prod())(Doubles(1e-200, 1e-200, 3, 1e200, 1e200)).ToArray<double>();
        Assert.Equal(3e200, hessian[0 * 5 + 4] * 1e200, 1e187);
        Assert.Equal(1e200, hessian[1 * 5 + 2], 1e187);
        Assert.Equal(0, hessian[2 * 5 + 2]);
    }

    [Fact]
    public void A_negative_power_of_infinity_has_slope_0_by_its_exponent()
    {
        Tensor a = Doubles(Infinity, Infinity, 2), b = Doubles(-1, -0.5, -1).RequiresGrad();
        Assert.Equal([0, 0, Math.Log(2) / 2], Differentiate.Gradients(a.Pow(b).Sum(), [b])[0].ToArray<double>(), Near);
    }

    [Fact]
    public void A_remainder_of_0_has_the_sign_of_the_divisor_and_a_quotient_of_0_that_of_both()
    {
        Assert.Equal([1, -1, 1, -1, -1, 1], Signs(Tensor.Remainder(Doubles(-3, 3, -0.0, 0, 0, 0), Doubles(3, -3, 3, -3, -Infinity, Infinity))));
        Assert.Equal([-1, -1, 1, 1, 1], Signs(Tensor.FloorDivide(Doubles(-0.0, 0, -0.0, 0, 1), Doubles(3, -3, -3, 3, Infinity))));
        Assert.Equal([0, 0, 0], Tensor.Remainder(Tensor.From([-3, 3, 0], [3]), Tensor.From([3, -3, -3], [3])).ToArray<int>());
    }

    private static int[] Signs(Tensor zeros) => Array.ConvertAll(zeros.ToArray<double>(), zero => zero != 0 ? 0 : double.IsNegative(zero) ? -1 : 1);

    private static double[] Slope(Func<Tensor, Tensor> function, Tensor point) => Differentiate.Grad((Tensor x) => function(x).Sum())(point).ToArray<double>();

    private static Tensor Doubles(params double[] values) => Tensor.From(values, [values.Length]);

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-14 * Math.Abs(a);
}
