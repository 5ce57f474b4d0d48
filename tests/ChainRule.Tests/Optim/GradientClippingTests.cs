using ChainRule.Optim;

namespace ChainRule.Tests.Optim;

public sealed class GradientClippingTests
{
    [Fact]
    public void The_length_of_all_gradients_together_is_cut_to_the_limit()
    {
        Tensor[] leaves = With([3, 0], [-4], null);
        Assert.Equal(5, GradientClipping.ByNorm(leaves, 2.5), 1e-15);
        Assert.Equal([1.5, 0], leaves[0].Grad!.ToArray<double>());
        Assert.Equal([-2.0], leaves[1].Grad!.ToArray<double>());
        Assert.Null(leaves[2].Grad);
    }

    [Fact]
    public void A_length_within_the_limit_changes_nothing()
    {
        Tensor[] leaves = With([3, 4]);
        Tensor before = leaves[0].Grad!;
        Assert.Equal(5, GradientClipping.ByNorm(leaves, 5), 1e-15);
        Assert.Same(before, leaves[0].Grad);
        Assert.Equal(0, GradientClipping.ByNorm(With([0, 0], null), 1));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_length_that_is_no_number_is_told_and_changes_nothing(double broken)
    {
        Tensor[] leaves = With([3, broken], [4]);
        Assert.Equal(broken, GradientClipping.ByNorm(leaves, 1));
        Assert.Equal([3, broken], leaves[0].Grad!.ToArray<double>());
    }

    [Fact]
    public void Huge_gradients_do_not_overflow()
    {
        Tensor x = Tensor.Ones([2]).RequiresGrad();
        x.Grad = Tensor.From([3e30f, 4e30f]);
        Assert.Equal(5e30, GradientClipping.ByNorm([x], 1), 1e24);
        Assert.Equal([0.6, 0.8], x.Grad.ToArray<double>(), (expected, actual) => Math.Abs(expected - actual) < 1e-6);
    }

    [Fact]
    public void Every_element_is_cut_off_at_the_limit()
    {
        Tensor[] leaves = With([3, -4, 0.5, double.NaN], null);
        GradientClipping.ByValue(leaves, 2);
        Assert.Equal([2, -2, 0.5, double.NaN], leaves[0].Grad!.ToArray<double>());
    }

    private static Tensor[] With(params double[]?[] gradients) => Array.ConvertAll(gradients, gradient =>
    {
        Tensor leaf = Tensor.Ones([gradient?.Length ?? 1], DType.Float64).RequiresGrad();
        leaf.Grad = gradient is null ? null : Tensor.From(gradient);
        return leaf;
    });
}
