namespace ChainRule.Tests.Autograd;

public sealed class LeafTests
{
    [Fact]
    public void A_scaled_random_tensor_explains_why_it_has_no_gradient()
    {
        Tensor w = Tensor.Normal([2, 3], new RandomKey(1)).RequiresGrad() * 0.1;
        w.Sum().Backward();
        string message = Assert.Throws<DifferentiationException>(() => w.Grad).Message;
        Assert.Contains("[2, 3]", message);
        Assert.Contains("result of Multiply", message);
        Assert.Contains("RetainGrad()", message);
        Assert.Contains("(Tensor.Normal(...) * 0.1).RequiresGrad()", message);
    }

    [Fact]
    public void The_advice_of_that_error_works()
    {
        Tensor w = (Tensor.Normal([2, 3], new RandomKey(1)) * 0.1).RequiresGrad();
        w.Sum().Backward();
        Assert.Equal(Enumerable.Repeat(1.0, 6), w.Grad!.ToArray<double>());
    }

    [Fact]
    public void Leaves_are_what_requires_a_gradient_and_was_not_computed()
    {
        Tensor leaf = Leaves.Of(1), constant = Tensor.Ones([1]);
        Assert.Equal((true, true), (leaf.IsLeaf, leaf.IsTracked));
        Assert.Equal((false, false), (constant.IsLeaf, constant.IsTracked));
        Assert.Equal((false, true), ((leaf * 2).IsLeaf, (leaf * 2).IsTracked));
        Assert.Equal((false, false), (leaf.Detach().IsLeaf, leaf.Detach().IsTracked));
        Assert.Equal((true, true), (leaf.Detach().RequiresGrad().IsLeaf, leaf.Detach().RequiresGrad().IsTracked));
        Assert.False((constant * 2).IsTracked);
        Assert.Null(constant.Grad);
        Assert.Null((constant * 2).Grad);
    }

    [Fact]
    public void RetainGrad_keeps_the_gradient_of_a_result()
    {
        Tensor x = Leaves.Of(1, 2), y = (x * 3).RetainGrad(), loss = y.Square().Sum();
        Assert.Null(y.Grad);
        loss.Backward(retainGraph: true);
        Assert.Equal([6, 12], y.Grad!.ToArray<double>());
        loss.Backward();
        Assert.Equal([12, 24], y.Grad!.ToArray<double>());
        Assert.Equal([36, 72], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void RetainGrad_changes_nothing_on_a_leaf_and_is_refused_on_a_constant()
    {
        Tensor x = Leaves.Of(1);
        Assert.Same(x, x.RetainGrad());
        (x * 3).Sum().Backward();
        Assert.Equal(3, x.Grad!.Item<double>());
        Assert.Contains("[4]", Assert.Throws<DifferentiationException>(() => Tensor.Ones([4]).RetainGrad()).Message);
    }

    [Fact]
    public void RequiresGrad_gives_the_tensor_back_and_can_be_said_twice()
    {
        Tensor x = Tensor.Ones([2], DType.Float64);
        Assert.Same(x, x.RequiresGrad());
        Tensor y = x * 2;
        Assert.Same(x, x.RequiresGrad());
        y.Sum().Backward();
        Assert.Equal([2, 2], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void RequiresGrad_false_makes_a_constant_of_a_leaf()
    {
        Tensor x = Leaves.Of(1, 2), other = Leaves.Of(3, 4);
        x.RequiresGrad(false);
        Assert.False(x.IsTracked);
        Tensor loss = (x * other).Sum();
        loss.Backward();
        Assert.Null(x.Grad);
        Assert.Equal([1, 2], other.Grad!.ToArray<double>());
    }

    [Fact]
    public void RequiresGrad_false_is_refused_on_a_result() =>
        Assert.Contains("Detach()", Assert.Throws<DifferentiationException>(() => (Leaves.Of(1) * 2).RequiresGrad(false)).Message);

    [Fact]
    public void RequiresGrad_changes_nothing_on_a_result()
    {
        Tensor x = Leaves.Of(1), y = x * 2;
        Assert.Same(y, y.RequiresGrad());
        y.Sum().Backward();
        Assert.Equal(2, x.Grad!.Item<double>());
    }

    [Theory]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Bool)]
    public void Whole_numbers_require_no_gradient(DType dtype) =>
        Assert.Contains(dtype.Lower(), Assert.Throws<DTypeException>(() => Tensor.Ones([2], dtype).RequiresGrad()).Message);

    [Fact]
    public void Detach_shares_memory_and_lets_no_gradient_through()
    {
        Tensor x = Leaves.Of(1, 2), detached = x.Detach();
        (x * detached).Sum().Backward();
        Assert.Equal([1, 2], x.Grad!.ToArray<double>());
        detached.Fill(9);
        Assert.Equal([9, 9], x.ToArray<double>());
    }

    [Fact]
    public void An_integer_between_floats_lets_no_gradient_through()
    {
        Tensor x = Leaves.Of(1.5);
        Assert.False(x.To(DType.Int32).To(DType.Float64).IsTracked);
        Tensor single = x.To(DType.Float32).To(DType.Float64);
        single.Sum().Backward();
        Assert.Equal(1, x.Grad!.Item<double>());
        Assert.Equal(DType.Float64, x.Grad.DType);
    }
}
