using ChainRule.Autograd;
using ChainRule.Nn;

namespace ChainRule.Tests.Ops;

/// <summary>Norms, distances and spreads of vectors whose squares over- or underflow, and their derivatives where they have none.</summary>
public sealed class LengthTests
{
    private static readonly Tensor TinySingles = Tensor.From([3e-40f, 4e-40f]), TinyDoubles = Tensor.From([3e-320, 4e-320]);

    public static TheoryData<string> Lengths => ["Norm", "Norm along an axis", "MatrixNorm", "Cdist", "PairwiseDistance", "Hypot"];

    [Theory, MemberData(nameof(Lengths))]
    public void The_gradient_of_a_subnormal_length_is_its_direction(string name)
    {
        Func<Tensor, Tensor> length = name switch
        {
            "Norm" => x => x.Norm(),
            "Norm along an axis" => x => x.Norm(2, 0, keepDims: true).Sum(),
            "MatrixNorm" => x => x.Reshape(1, 2).MatrixNorm(),
            "Cdist" => x => x.Reshape(1, 2).Cdist(Tensor.Zeros([1, 2], x.DType)).Sum(),
            "PairwiseDistance" => x => x.PairwiseDistance(Tensor.Zeros([2], x.DType), epsilon: 0),
            _ => x => Tensor.Hypot(x[0], x[1]),
        };
        // Subnormal numbers have few digits themselves: an ulp of float32 is 1.4e-45, one of float64 4.9e-324.
        Near([0.6, 0.8], Differentiate.Grad(length)(TinySingles), 1e-5);
        Near([0.6, 0.8], Differentiate.Grad(length)(TinyDoubles), 1e-3);
        Near([-0.6, 0.8], Differentiate.Grad(length)(Tensor.From([-3e-12f, 4e-12f])), 1e-6);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(3)]
    public void The_gradient_of_a_subnormal_p_norm_is_that_of_the_vector_scaled_up(double p)
    {
        double norm = Math.Pow(Math.Pow(3, p) + Math.Pow(4, p), 1 / p);
        double[] expected = [Math.Pow(3 / norm, p - 1), Math.Pow(4 / norm, p - 1)];
        Near(expected, Differentiate.Grad(x => x.Norm(p))(TinySingles), 1e-5);
        Near(expected, Differentiate.Grad(x => x.Norm(p))(TinyDoubles), 1e-3);
        Near(expected, Differentiate.Grad(x => x.Unsqueeze(0).Cdist(Tensor.Zeros([1, 2], x.DType), p).Sum())(TinySingles), 1e-5);
    }

    [Fact]
    public void A_small_cotangent_of_a_small_length_keeps_its_digits()
    {
        Tensor gradient = Differentiate.Grad(x => x.Norm() * 1e-30)(Tensor.From([3e-20f, 4e-20f]));
        Near([0.6, 0.8], gradient.To(DType.Float64) * 1e30, 1e-6);
    }

    [Fact]
    public void The_norm_of_order_minus_infinity_is_the_smallest_magnitude()
    {
        Tensor x = Tensor.From([-3.0, 2, -2]);
        Assert.Equal(2, x.Norm(double.NegativeInfinity).Item<double>());
        Near([0, 0.5, -0.5], Differentiate.Grad(v => v.Norm(double.NegativeInfinity))(x), 0);
        Assert.Equal(2, x.PairwiseDistance(Tensor.Zeros([3], DType.Float64), double.NegativeInfinity, epsilon: 0).Item<double>());
        Assert.Throws<ShapeException>(() => Tensor.Zeros([0]).Norm(double.NegativeInfinity));
    }

    [Fact]
    public void Std_of_elements_whose_squares_over_or_underflow_is_right_and_so_is_its_gradient()
    {
        foreach ((double size, DType dtype) in new[] { (1e-25, DType.Float32), (1e25, DType.Float32), (1e-40, DType.Float32), (1e-170, DType.Float64), (1e200, DType.Float64), (1.0, DType.Float32) })
        {
            Tensor x = Tensor.From([size, -size]).To(dtype);
            double std = x.Std().Item<double>(), scale = x[0].Item<double>();
            Assert.Equal(Math.Sqrt(2), std / scale, size == 1e-40 ? 1e-4 : 1e-6);
            Near([Math.Sqrt(0.5), -Math.Sqrt(0.5)], Differentiate.Grad(v => v.Std())(x), size == 1e-40 ? 1e-4 : 1e-6);
        }
    }

    [Fact]
    public void Second_derivatives_are_0_where_a_length_is_0()
    {
        Tensor equal = Tensor.From([3.0, 3, 3]), zero = Tensor.Zeros([2], DType.Float64);
        Near(new double[9], Differentiate.Hessian(x => x.Std())(equal), 0);
        Near(new double[4], Differentiate.Hessian(x => Tensor.Hypot(x[0], x[1]))(zero), 0);
        foreach (double p in new[] { 1.5, 2, 3 })
            Near(new double[4], Differentiate.Hessian(x => x.Norm(p))(zero), 0);
        Near(new double[4], Differentiate.Hessian(x => Loss.TripletMargin(x, zero, zero + 1, margin: 2, epsilon: 0) + (x - 1).Norm())(zero), 1e-15);
    }

    [Fact]
    public void Norms_of_matrices_of_lower_rank_have_the_gradient_of_least_norm()
    {
        Tensor zero = Tensor.Zeros([2, 2], DType.Float64), thin = Tensor.From([1.0, 0, 0, 0], [2, 2]), twice = Tensor.From([1.0, 2, 2, 4], [2, 2]);
        Near(new double[4], Slope(zero, MatrixNormKind.Nuclear), 0);
        Near(new double[4], Slope(zero, MatrixNormKind.Spectral), 0);
        Near(new double[4], Slope(zero, MatrixNormKind.LeastSingularValue), 0);
        Near([1, 0, 0, 0], Slope(thin, MatrixNormKind.Nuclear), 0);
        Near([1, 0, 0, 0], Slope(thin, MatrixNormKind.Spectral), 0);
        // Both vectors of the one singular value 5 are (1, 2)/sqrt 5.
        Near([0.2, 0.4, 0.4, 0.8], Slope(twice, MatrixNormKind.Nuclear), 1e-15);
        // A value that is small, but no rounding error, counts.
        Near([1, 0, 0, 1], Slope(Tensor.From([1.0, 0, 0, 1e-12], [2, 2]), MatrixNormKind.Nuclear), 1e-15);

        static Tensor Slope(Tensor x, MatrixNormKind kind) => Differentiate.Grad(v => v.MatrixNorm(kind))(x);
    }

    private static void Near(double[] expected, Tensor actual, double tolerance) =>
        Assert.Equal(expected, actual.ToArray<double>(), (a, b) => Math.Abs(a - b) <= tolerance);
}
