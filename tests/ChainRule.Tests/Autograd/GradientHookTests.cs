namespace ChainRule.Tests.Autograd;

public sealed class GradientHookTests
{
    [Fact]
    public void A_hook_on_a_leaf_sees_the_gradient_and_leaves_it()
    {
        Tensor x = Leaves.Of(1, 2);
        double[] seen = [];
        x.OnGradient(gradient =>
        {
            seen = gradient.ToArray<double>();
            return null;
        });
        x.Square().Sum().Backward();
        Assert.Equal([2, 4], seen);
        Assert.Equal([2, 4], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_hook_replaces_what_flows_on_from_a_result()
    {
        Tensor x = Leaves.Of(1, 2), y = x * 3;
        y.OnGradient(gradient => gradient * 10);
        y.Square().Sum().Backward();
        // dy = 2y = [6, 12], times 10, times 3.
        Assert.Equal([180, 360], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_hook_replaces_what_a_leaf_keeps()
    {
        Tensor x = Leaves.Of(-5, 2);
        x.OnGradient(gradient => gradient.Clamp(-1, 1));
        x.Square().Sum().Backward();
        Assert.Equal([-1, 1], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_retained_gradient_is_the_replaced_one()
    {
        Tensor x = Leaves.Of(1), y = (x * 3).RetainGrad();
        y.OnGradient(gradient => gradient * 10);
        y.Sum().Backward();
        Assert.Equal(10, y.Grad!.Item<double>());
    }

    [Fact]
    public void A_hook_is_called_once_with_the_sum_of_all_ways()
    {
        Tensor x = Leaves.Of(1, 2), y = x * 1;
        List<double[]> onLeaf = [], onResult = [];
        x.OnGradient(gradient => Seen(onLeaf, gradient));
        y.OnGradient(gradient => Seen(onResult, gradient));
        (y * 2 + y.Square() + y * y * y + x * 100).Sum().Backward();
        // 2 + 2y + 3y^2, and 100 more on the leaf.
        Assert.Equal([7, 18], Assert.Single(onResult));
        Assert.Equal([107, 118], Assert.Single(onLeaf));
    }

    [Fact]
    public void A_hook_is_called_in_each_pass()
    {
        Tensor x = Leaves.Of(3), loss = x.Square().Sum();
        List<double[]> seen = [];
        x.OnGradient(gradient => Seen(seen, gradient));
        loss.Backward(retainGraph: true);
        loss.Backward();
        Assert.Equal([[6], [6]], seen);
        Assert.Equal(12, x.Grad!.Item<double>());
    }

    [Fact]
    public void Hooks_are_called_in_order_and_each_sees_what_the_last_returned()
    {
        Tensor x = Leaves.Of(1);
        x.OnGradient(gradient => gradient + 1);
        x.OnGradient(gradient => gradient * 10);
        x.OnGradient(_ => null);
        x.OnGradient(gradient => gradient - 3);
        x.Sum().Backward();
        Assert.Equal((1 + 1) * 10 - 3, x.Grad!.Item<double>());
    }

    [Fact]
    public void A_removed_hook_is_not_called()
    {
        Tensor x = Leaves.Of(1);
        GradientHook hook = x.OnGradient(gradient => gradient * 10);
        x.OnGradient(gradient => gradient + 1);
        hook.Remove();
        x.Sum().Backward();
        Assert.Equal(2, x.Grad!.Item<double>());
    }

    [Fact]
    public void Removing_one_of_two_equal_hooks_leaves_the_other_in_its_place()
    {
        Tensor x = Leaves.Of(1);
        Func<Tensor, Tensor?> twice = gradient => gradient * 2;
        x.OnGradient(twice);
        x.OnGradient(gradient => gradient + 1);
        GradientHook last = x.OnGradient(twice);
        last.Remove();
        last.Remove();
        x.Sum().Backward();
        Assert.Equal(1 * 2 + 1, x.Grad!.Item<double>());
    }

    [Fact]
    public void A_hook_may_remove_itself_and_others_during_the_pass()
    {
        Tensor x = Leaves.Of(1), loss = x.Sum();
        int first = 0, second = 0;
        GradientHook? hook = null, other = null;
        hook = x.OnGradient(_ =>
        {
            first++;
            hook!.Remove();
            other!.Remove();
            return null;
        });
        other = x.OnGradient(_ =>
        {
            second++;
            return null;
        });
        loss.Backward(retainGraph: true);
        loss.Backward();
        // Those of a pass are chosen when it comes to the tensor.
        Assert.Equal((1, 1), (first, second));
    }

    [Fact]
    public void A_hook_that_returns_another_shape_or_type_is_refused()
    {
        Tensor x = Leaves.Of(1, 2), y = Leaves.Of(1, 2);
        x.OnGradient(gradient => gradient.Sum());
        y.OnGradient(gradient => gradient.To(DType.Float32));
        Assert.Contains("float64[] for a gradient of float64[2]", Assert.Throws<ShapeException>(() => x.Sum().Backward()).Message);
        Assert.Contains("float32[2]", Assert.Throws<ShapeException>(() => y.Sum().Backward()).Message);
        Assert.Null(x.Grad);
    }

    [Fact]
    public void A_hook_that_changes_the_gradient_in_place_is_refused()
    {
        // Both leaves get the same cotangent: without the refusal the gradient of b could be 0 in silence.
        Tensor a = Leaves.Of(1, 2), b = Leaves.Of(3, 4);
        a.OnGradient(gradient => gradient.Fill(0));
        b.OnGradient(gradient => gradient.Fill(0));
        Assert.Contains("hook", Assert.Throws<InPlaceException>(() => (a + b).Backward(Tensor.From([5.0, 6.0]))).Message);
    }

    [Fact]
    public void A_hook_that_throws_leaves_a_graph_that_can_be_walked_again()
    {
        Tensor x = Leaves.Of(2), y = x.Square(), loss = (y * 3).Sum();
        GradientHook hook = y.OnGradient(_ => throw new TimeoutException());
        Assert.Throws<TimeoutException>(() => loss.Backward());
        hook.Remove();
        loss.Backward();
        Assert.Equal(12, x.Grad!.Item<double>());
    }

    [Fact]
    public void A_hook_takes_part_in_higher_derivatives()
    {
        Tensor x = Leaves.Of(3), y = x * 1;
        y.OnGradient(gradient => gradient * y);
        y.Square().Sum().Backward(createGraph: true);
        Tensor first = x.Grad!;
        Assert.Equal(2 * 3 * 3, first.Item<double>());
        // The slope of 2y^2 is 4y, and the hook multiplies by y on this pass too.
        Assert.Equal(4 * 3 * 3, Differentiate.Gradients(first.Sum(), [x])[0].Item<double>());
    }

    [Fact]
    public void A_tensor_that_is_not_tracked_takes_no_hook() =>
        Assert.Contains("RequiresGrad()", Assert.Throws<DifferentiationException>(() => Tensor.Ones([2]).OnGradient(_ => null)).Message);

    private static Tensor? Seen(List<double[]> list, Tensor gradient)
    {
        list.Add(gradient.ToArray<double>());
        return null;
    }
}
