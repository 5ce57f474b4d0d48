using ChainRule.Autograd;

namespace ChainRule.Tests.Ops;

/// <summary>Products and distances where no law looks: what they refuse, and distances of 0.</summary>
public sealed class ProductTests
{
    private static readonly Tensor Vector = Tensor.Ones([3]), Matrix = Tensor.Ones([2, 3]), Batches = Tensor.Ones([4, 2, 3]), Number = Tensor.Ones([]);

    public static TheoryData<string, Func<Tensor>> Misfits => new()
    {
        { "Dot", () => Vector.Dot(Matrix) },
        { "Dot", () => Vector.Dot(Tensor.Ones([4])) },
        { "Outer", () => Vector.Outer(Matrix) },
        { "Outer", () => Number.Outer(Vector) },
        { "Cross", () => Tensor.Ones([2]).Cross(Tensor.Ones([2])) },
        { "Cross", () => Number.Cross(Vector) },
        { "Cross", () => Vector.Cross(Tensor.Ones([4])) },
        { "Cross", () => Vector.Cross(Vector, axis: 1) },
        { "Kron", () => Tensor.Ones(new long[13]).Kron(Number) },
        { "Tensordot", () => Matrix.Tensordot(Matrix, 2).Tensordot(Matrix, 1) },
        { "Tensordot", () => Matrix.Tensordot(Matrix, 1) },
        { "Tensordot", () => Matrix.Tensordot(Matrix, -1) },
        { "Tensordot", () => Matrix.Tensordot(Matrix, [0, 0], [0, 1]) },
        { "Tensordot", () => Matrix.Tensordot(Matrix, [0, 1], [1]) },
        { "Addmm", () => Vector.Addmm(Matrix, Batches) },
        { "Addmm", () => Batches.Addmm(Matrix, Matrix.T) },
        { "BatchedMatMul", () => Batches.BatchedMatMul(Matrix) },
        { "BatchedMatMul", () => Batches.BatchedMatMul(Tensor.Ones([1, 3, 2])) },
        { "BatchedMatMul", () => Batches.BatchedMatMul(Batches) },
        { "Baddbmm", () => Tensor.Ones([5, 2, 2]).Baddbmm(Batches, Batches.T) },
        { "MultiDot", () => Tensor.MultiDot(Matrix) },
        { "MultiDot", () => Tensor.MultiDot(Matrix, Matrix) },
        { "MultiDot", () => Tensor.MultiDot(Matrix, Vector, Matrix) },
        { "Vander", () => Number.Vander() },
        { "Cdist", () => Matrix.Cdist(Tensor.Ones([2, 4])) },
        { "Cdist", () => Matrix.Cdist(Vector) },
        { "PairwiseDistance", () => Number.PairwiseDistance(Number) },
    };

    [Theory, MemberData(nameof(Misfits))]
    public void What_does_not_fit_is_refused_by_the_name_of_the_operation(string name, Func<Tensor> call) =>
        Assert.StartsWith(name, Assert.Throws<ShapeException>(() => call()).Message, StringComparison.Ordinal);

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Vector.Vander(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Matrix.Cdist(Matrix, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Matrix.PairwiseDistance(Matrix, double.NaN));
    }

    [Theory]
    [InlineData(0.3), InlineData(0.5), InlineData(1.0), InlineData(1.5), InlineData(2.0), InlineData(3.0), InlineData(double.PositiveInfinity)]
    public void The_gradient_of_a_distance_of_0_is_0_and_others_stay_finite(double p)
    {
        Tensor x = Tensor.From([1.0, 2, 3, 1, 2, 5], [2, 3]);
        double[] gradient = Differentiate.Grad(v => v.Cdist(x, p).Sum())(x).ToArray<double>();
        Assert.Equal([0, 0, -1, 0, 0, 1], gradient.Select(value => Math.Round(value + 0, 14)));
        Assert.Equal([0.0, 2, 2, 0], x.Cdist(x, p).ToArray<double>().Select(value => Math.Round(value, 14)));
    }

    [Fact]
    public void Distances_neither_overflow_nor_vanish()
    {
        Tensor far = Tensor.From([1e20f, 1e20f], [1, 2]), near = Tensor.From([3e-30f, 4e-30f], [1, 2]), zero = Tensor.Zeros([1, 2]);
        Assert.Equal(1.4142135e20f, far.Cdist(zero).Item<float>(), 1e14f);
        Assert.Equal(5e-30f, near.Cdist(zero).Item<float>(), 1e-36f);
        Assert.Equal(float.PositiveInfinity, (far * 1e30).Cdist(zero).Item<float>());
        Assert.True(float.IsNaN((far * double.NaN).Cdist(zero).Item<float>()));
    }

    [Fact]
    public void The_order_0_counts_the_components_that_differ() =>
        Assert.Equal(2, Tensor.From([1.0, 2, 3], [3]).PairwiseDistance(Tensor.From([1.0, 0, 0], [3]), p: 0, epsilon: 0).Item<double>());

    [Fact]
    public void With_beta_0_what_is_added_does_not_count() =>
        Assert.Equal(3, Tensor.Full([], double.NaN).Addmm(Matrix, Matrix.T, beta: 0)[0, 0].Item<double>());

    [Fact]
    public void A_long_chain_of_products_is_done_without_a_recursion()
    {
        Tensor[] many = [.. Enumerable.Range(0, 300).Select(i => Tensor.Eye(2 + i % 3, 2 + (i + 1) % 3, DType.Float64))];
        Assert.Equal([1.0, 0, 0, 1], Tensor.MultiDot(many).ToArray<double>());
    }

    [Fact]
    public void Integer_products_stay_integers()
    {
        Tensor x = Tensor.From([1, 2, 3]), y = Tensor.From([4, 5, 6]);
        Assert.Equal([-3, 6, -3], x.Cross(y).ToArray<int>());
        Assert.Equal(DType.Int32, x.Cross(y).DType);
        Assert.Equal([4, 5, 6, 8, 10, 12, 12, 15, 18], x.Kron(y).ToArray<int>());
        Assert.Equal([9, 3, 1], x.Vander()[2].ToArray<int>());
    }
}
