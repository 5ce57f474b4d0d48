namespace ChainRule.Tests.Autograd;

public sealed class NoGradTests
{
    [Fact]
    public void Nothing_is_recorded_inside_and_all_again_after()
    {
        Tensor x = Leaves.Of(1);
        using (new NoGrad())
            Assert.False((x * 2).IsTracked);
        Assert.True((x * 2).IsTracked);
    }

    [Fact]
    public void Scopes_nest()
    {
        Tensor x = Leaves.Of(1);
        using (new NoGrad())
        {
            using (new NoGrad())
                Assert.False((x * 2).IsTracked);
            Assert.False((x * 2).IsTracked);
        }
        Assert.True((x * 2).IsTracked);
    }

    [Fact]
    public void A_scope_ends_by_an_exception_too()
    {
        Tensor x = Leaves.Of(1);
        Assert.Throws<ShapeException>(() =>
        {
            using (new NoGrad())
                x.Reshape(7);
        });
        Assert.True((x * 2).IsTracked);
    }

    [Fact]
    public void Other_threads_record_on()
    {
        Tensor x = Leaves.Of(1);
        bool isTrackedThere = false, isRecordingAfter = true;
        using (new NoGrad())
        {
            var thread = new Thread(() => isTrackedThere = (x * 2).IsTracked);
            thread.Start();
            thread.Join();
        }
        var silent = new Thread(() =>
        {
            _ = new NoGrad();
            isRecordingAfter = Interpreter.IsRecording;
        });
        silent.Start();
        silent.Join();
        Assert.True(isTrackedThere);
        Assert.False(isRecordingAfter);
        Assert.True((x * 2).IsTracked);
    }

    [Fact]
    public void A_leaf_made_inside_is_a_leaf()
    {
        Tensor x;
        using (new NoGrad())
            x = Leaves.Of(2);
        x.Square().Sum().Backward();
        Assert.Equal(4, x.Grad!.Item<double>());
    }

    [Fact]
    public void A_value_computed_inside_is_a_constant_outside()
    {
        Tensor x = Leaves.Of(3), constant;
        using (new NoGrad())
            constant = x.Square();
        (constant * x).Sum().Backward();
        Assert.Equal(9, x.Grad!.Item<double>());
    }

    [Fact]
    public void Backward_works_inside()
    {
        Tensor x = Leaves.Of(3), loss = x.Square().Sum();
        using (new NoGrad())
        {
            loss.Backward();
            Assert.False(Interpreter.IsRecording);
        }
        Assert.Equal(6, x.Grad!.Item<double>());
    }

    [Fact]
    public void A_recorded_pass_inside_can_be_differentiated()
    {
        Tensor x = Leaves.Of(3), loss = (x * x * x).Sum();
        using (new NoGrad())
            loss.Backward(createGraph: true);
        Tensor slope = x.Grad!;
        Assert.Equal(18, Differentiate.Gradients(slope, [x])[0].Item<double>());
    }
}
