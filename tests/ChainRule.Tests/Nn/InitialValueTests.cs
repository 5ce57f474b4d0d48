using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class InitialValueTests
{
    private static readonly RandomKey Key = new(11);

    [Theory]
    [InlineData(3, 5)]
    [InlineData(6, 4)]
    [InlineData(40, 40)]
    public void The_shorter_side_of_an_orthogonal_matrix_is_orthonormal(int rows, int columns)
    {
        Tensor q = Initialize.Orthogonal([rows, columns], Key, gain: 2, dtype: DType.Float64);
        Tensor product = rows <= columns ? q.MatMul(q.T) : q.T.MatMul(q);
        Assert.True((product - 4 * Tensor.Eye(Math.Min(rows, columns), dtype: DType.Float64)).Abs().Max().Item<double>() < 1e-14);
        Assert.Equal([2, 3, 2], Initialize.Orthogonal([2, 3, 2], Key).Shape.ToArray());
    }

    [Fact]
    public void A_truncated_normal_stays_within_its_bounds_and_has_its_deviation()
    {
        double[] values = Initialize.TruncatedNormal([20_000], Key, 1, 2, -1, 3, DType.Float64).ToArray<double>();
        Assert.InRange(values.Min(), -1, -0.99);
        Assert.InRange(values.Max(), 2.99, 3);
        // Cut off at one deviation on both sides: the variance is 1 - 2φ(1)/(2Φ(1) - 1) of the whole one.
        double variance = 4 * (1 - 2 * 0.24197072451914337 / 0.6826894921370859);
        Assert.Equal(variance, values.Average(value => (value - 1) * (value - 1)), 0.03);
        Assert.Throws<ArgumentException>(() => Initialize.TruncatedNormal([10], Key, low: 50, high: 60));
        Assert.Throws<ArgumentException>(() => Initialize.TruncatedNormal([10], Key, low: 1, high: 1));
    }

    [Fact]
    public void Sparse_weights_have_their_share_of_zeros_in_every_row()
    {
        double[,] values = (double[,])Initialize.Sparse([7, 10], Key, 0.25, dtype: DType.Float64).ToArray();
        for (int row = 0; row < 7; row++)
            Assert.Equal(3, Enumerable.Range(0, 10).Count(column => values[row, column] == 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initialize.Sparse([2, 2], Key, 1.5));
    }

    [Fact]
    public void Identity_and_Dirac_weights_pass_signals_on()
    {
        Assert.Equal([3.0, 0, 0, 0, 3, 0], Initialize.Identity([2, 3], 3).ToArray<double>());
        double[] dirac = Initialize.Dirac([4, 2, 3], groups: 2).ToArray<double>();
        int[] ones = [.. Enumerable.Range(0, dirac.Length).Where(i => dirac[i] == 1)];
        Assert.Equal([0 * 6 + 1, 1 * 6 + 4, 2 * 6 + 1, 3 * 6 + 4], ones);
        Assert.Equal(4, dirac.Sum());
        Assert.Equal(1 * 3 + 1, Array.IndexOf(Initialize.Dirac([1, 1, 3, 3]).ToArray<double>(), 1));
        Assert.Throws<ShapeException>(() => Initialize.Identity([2]));
        Assert.Throws<ShapeException>(() => Initialize.Dirac([2, 2]));
    }

    [Fact]
    public void LeCun_weights_have_the_variance_of_one_over_the_inputs()
    {
        Assert.Equal(1.0 / 50, Initialize.LeCunNormal([400, 50], Key, DType.Float64).Square().Mean().Item<double>(), 4e-4);
        Tensor uniform = Initialize.LeCunUniform([400, 50], Key, DType.Float64);
        Assert.Equal(1.0 / 50, uniform.Square().Mean().Item<double>(), 4e-4);
        Assert.InRange(uniform.Abs().Max().Item<double>(), 0.24, Math.Sqrt(3.0 / 50));
    }

    [Fact]
    public void Gains_are_those_of_PyTorch()
    {
        Assert.Equal((1.0, 5.0 / 3, Math.Sqrt(2), 0.75), (Initialize.Gain("linear"), Initialize.Gain("Tanh"), Initialize.Gain("ReLU"), Initialize.Gain("selu")));
        Assert.Equal(Math.Sqrt(2 / 1.04), Initialize.Gain("leaky_relu", 0.2), 1e-15);
        Assert.Throws<ArgumentException>(() => Initialize.Gain("softmax"));
    }
}
