using ChainRule.Autograd;
using ChainRule.Nn;

namespace ChainRule.Tests.Ops;

/// <summary>Hard cases of the numeric contract that need more than a row of <see cref="HardCases"/>; each name begins with the number.</summary>
public sealed class HardCasesByNumber
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void H06_The_root_of_a_square_has_no_derivative_at_0_and_the_absolute_value_has_0()
    {
        Assert.Equal([double.NaN], Slopes(x => x.Square().Sqrt().Sum(), 0));
        Assert.Equal([0.0, 1, -1], Slopes(x => x.Abs().Sum(), 0, 3, -3));
    }

    [Fact]
    public void H14_The_angle_of_the_origin_has_gradient_0()
    {
        Tensor[] x = [Tensor.From([0.0, 0, 1]).RequiresGrad(), Tensor.From([0.0, 0, 1]).RequiresGrad()];
        Tensor[] gradients = Differentiate.Gradients(Tensor.Atan2(x[0], x[1]).Sum(), x);
        Assert.Equal([0, 0, 0.5], gradients[0].ToArray<double>(), (a, b) => Math.Abs(a - b) <= 2e-16);
        Assert.Equal([0, 0, -0.5], gradients[1].ToArray<double>(), (a, b) => Math.Abs(a - b) <= 2e-16);
    }

    [Fact]
    public void H50_A_wrong_logit_far_out_keeps_its_whole_gradient()
    {
        Tensor logits = Tensor.Full([8], -50, DType.Float64), yes = Tensor.Ones([8], DType.Float64);
        double[] slopes = Differentiate.Grad((Tensor x) => Loss.BinaryCrossEntropyWithLogits(x, yes))(logits).ToArray<double>();
        // -(1 - sigmoid(-50)) / 8
        Assert.All(slopes, slope => Assert.Equal(-0.125, slope, 1e-16));
    }

    [Fact]
    public void H51_A_target_probability_of_0_adds_nothing_to_the_divergence()
    {
        Tensor prediction = Tensor.From([-Infinity, Math.Log(0.5)]).RequiresGrad(), target = Tensor.From([0.0, 1]);
        Tensor loss = Loss.KullbackLeibler(prediction, target, Reduction.Sum);
        Assert.Equal(Math.Log(2), loss.Item<double>(), 1e-15);
        Assert.Equal([0.0, -1], Differentiate.Gradients(loss, [prediction])[0].ToArray<double>());
    }

    [Fact]
    public void H51_The_gradient_by_such_a_target_is_no_NaN()
    {
        Tensor prediction = Tensor.From([-Infinity, Math.Log(0.5)]);
        double[] slopes = Differentiate.Grad((Tensor t) => Loss.KullbackLeibler(prediction, t, Reduction.Sum))(Tensor.From([0.0, 1])).ToArray<double>();
        // d/dt t(ln t - l) = ln t - l + 1
        Assert.Equal([0, 1 + Math.Log(2)], slopes, (a, b) => Math.Abs(a - b) <= 1e-15);
        Tensor logarithms = Tensor.From([-Infinity, 0]);
        slopes = Differentiate.Grad((Tensor t) => Loss.KullbackLeibler(prediction, t, Reduction.Sum, isLogarithm: true))(logarithms).ToArray<double>();
        Assert.Equal([0, 1 + Math.Log(2)], slopes, (a, b) => Math.Abs(a - b) <= 1e-15);
        slopes = Differentiate.Grad((Tensor t) => Loss.KullbackLeibler(Tensor.From([-1.0, -1]), t, Reduction.Sum, isLogarithm: true))(logarithms).ToArray<double>();
        Assert.Equal([0.0, 2], slopes);
    }

    [Fact]
    public void H54_The_smooth_error_without_a_smooth_part_has_slope_0_at_0()
    {
        Tensor target = Tensor.From([1.0, 1, 1]);
        Assert.Equal([0.0, 1, -1], Slopes(x => Loss.SmoothL1(x, target, Reduction.Sum, beta: 0), 1, 2, 0));
    }

    [Fact]
    public void H64_The_gradient_of_the_determinant_of_a_singular_matrix_is_its_cofactors()
    {
        static double[] Cofactors(int size, params double[] matrix) =>
            Differentiate.Grad((Tensor x) => x.Det())(Tensor.From(matrix, [size, size])).ToArray<double>();
        Assert.Equal([1.0], Cofactors(1, 0));
        Assert.Equal([4.0, -2, -2, 1], Cofactors(2, 1, 2, 2, 4));
        Assert.Equal([1.0, 0, -1, 0], Cofactors(2, 0, 1, 0, 1));
    }

    [Fact]
    public void H67_The_third_derivative_of_a_norm_is_that_of_its_primitives()
    {
        Tensor x = Tensor.Normal([4, 3], new RandomKey(3), dtype: DType.Float64), weight = Tensor.Normal([4, 3], new RandomKey(4), dtype: DType.Float64);
        Third(v => v.LayerNorm([3]), v => Standardized(v, 1));
        Third(v => v.BatchNorm(), v => Standardized(v, 0));

        void Third(Func<Tensor, Tensor> norm, Func<Tensor, Tensor> primitives)
        {
            double[] expected = Derivative(primitives, 3).ToArray<double>(), actual = Derivative(norm, 3).ToArray<double>();
            double scale = expected.Max(Math.Abs);
            Assert.True(scale > 0.1);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-11 * scale));
        }

        Tensor Derivative(Func<Tensor, Tensor> norm, int order)
        {
            Func<Tensor, Tensor> f = v => (norm(v) * weight).Sum();
            for (int i = 0; i < order; i++)
            {
                Func<Tensor, Tensor> slope = Differentiate.Grad(f);
                f = i == order - 1 ? slope : v => (slope(v) * weight.Square()).Sum();
            }
            return f(x);
        }
    }

    private static Tensor Standardized(Tensor x, int axis)
    {
        Tensor centred = x - x.Mean(axis, keepDims: true);
        return centred / (centred.Square().Mean(axis, keepDims: true) + 1e-5).Sqrt();
    }

    private static double[] Slopes(Func<Tensor, Tensor> function, params double[] x) => Differentiate.Grad(function)(Tensor.From(x)).ToArray<double>();
}
