namespace ChainRule.Tests.Autograd;

public sealed class BackwardTests
{
    [Fact]
    public void A_single_number_needs_no_seed()
    {
        Tensor x = Tensor.From([2.0]), w = Leaves.Of(3), b = Leaves.Of(1);
        (w * x + b).Square().Sum().Backward();
        Assert.Equal(28, w.Grad!.Item<double>());
        Assert.Equal(14, b.Grad!.Item<double>());
        Assert.Null(x.Grad);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void One_element_of_any_rank_needs_no_seed(int rank)
    {
        Tensor x = Leaves.Of(5);
        x.Square().Reshape(Enumerable.Repeat(1L, rank).ToArray()).Backward();
        Assert.Equal([10], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void The_seed_weighs_the_elements_of_the_result()
    {
        Tensor x = Leaves.Of(1, 2, 3);
        x.Square().Backward(Tensor.From([1.0, 10, 100]));
        Assert.Equal([2, 40, 600], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_seed_of_another_type_is_converted()
    {
        Tensor x = Leaves.Of(1, 2);
        x.Square().Backward(Tensor.From([1f, 10f]));
        Assert.Equal(DType.Float64, x.Grad!.DType);
        Assert.Equal([2, 40], x.Grad.ToArray<double>());
    }

    [Fact]
    public void A_seed_must_have_the_shape_of_the_result()
    {
        Tensor y = Leaves.Of(1, 2) * 2;
        foreach (Shape shape in (Shape[])[[], [1], [3], [1, 2], [2, 1]])
        {
            string message = Assert.Throws<ShapeException>(() => y.Backward(Tensor.Ones(shape, DType.Float64))).Message;
            Assert.Contains($"the seed has shape {shape}", message);
            Assert.Contains("[2]", message);
        }
    }

    [Fact]
    public void The_gradient_is_not_the_memory_of_the_seed()
    {
        Tensor x = Leaves.Of(1, 2), seed = Tensor.From([3.0, 4.0]);
        (x + 1).Backward(seed);
        seed.Fill(0);
        Assert.Equal([3, 4], x.Grad!.ToArray<double>());
        x.Grad.Fill(7);
        Assert.Equal([0, 0], seed.ToArray<double>());
    }

    [Fact]
    public void Several_elements_without_a_seed_have_no_gradient()
    {
        Tensor x = Leaves.Of(1, 2);
        string message = Assert.Throws<DifferentiationException>(() => (x * 2).Backward()).Message;
        Assert.Contains("[2]", message);
        Assert.Contains(".Sum()", message);
        Assert.Null(x.Grad);
    }

    [Fact]
    public void A_leaf_is_its_own_result()
    {
        Tensor x = Leaves.Of(1, 2);
        x.Backward(Tensor.From([3.0, 4.0]));
        x.Backward(Tensor.From([3.0, 4.0]));
        Assert.Equal([6, 8], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_loss_that_depends_on_no_parameter_says_so()
    {
        string message = Assert.Throws<DifferentiationException>(() => Tensor.Ones([]).Backward()).Message;
        Assert.Contains("RequiresGrad()", message);
        Assert.Contains("Detach", message);
    }

    [Theory]
    [InlineData(DType.Bool)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Whole_numbers_have_no_gradient_and_say_their_type(DType dtype)
    {
        // Computed from a leaf, but by a cast that cuts the gradient off.
        Tensor x = Tensor.Ones([2]).RequiresGrad(), whole = x.To(dtype);
        string name = $"{dtype.Lower()} tensor of shape [2]";
        Assert.Contains(name, Assert.Throws<DifferentiationException>(() => whole.Backward(Tensor.Ones([2]))).Message, StringComparison.Ordinal);
        Assert.Contains(name, Assert.Throws<DifferentiationException>(() => whole.RetainGrad()).Message, StringComparison.Ordinal);
        Assert.Contains(name, Assert.Throws<DifferentiationException>(() => whole.OnGradient(_ => null)).Message, StringComparison.Ordinal);
        Assert.Contains(dtype.Lower(), Assert.Throws<DTypeException>(() => x.Grad = whole).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_pass_over_a_freed_graph_is_refused_and_adds_nothing()
    {
        Tensor x = Leaves.Of(3), loss = x.Square().Sum();
        loss.Backward();
        Assert.Contains("retainGraph: true", Assert.Throws<DifferentiationException>(() => loss.Backward()).Message);
        Assert.Equal(6, x.Grad!.Item<double>());
    }

    [Fact]
    public void A_second_loss_over_a_freed_part_is_refused()
    {
        Tensor x = Leaves.Of(3), common = x.Square(), first = common.Sum(), second = (common * 2).Sum();
        first.Backward();
        Assert.Contains("Square", Assert.Throws<DifferentiationException>(() => second.Backward()).Message);
        Assert.Equal(6, x.Grad!.Item<double>());
    }

    [Fact]
    public void A_retained_graph_can_be_walked_until_a_pass_frees_it()
    {
        Tensor x = Leaves.Of(3), loss = x.Square().Sum();
        loss.Backward(retainGraph: true);
        loss.Backward(retainGraph: true);
        loss.Backward();
        Assert.Equal(18, x.Grad!.Item<double>());
        Assert.Throws<DifferentiationException>(() => loss.Backward());
    }

    [Fact]
    public void Gradients_of_several_passes_add_up_until_they_are_set_to_null()
    {
        Tensor x = Leaves.Of(3);
        (x * 2).Sum().Backward();
        Tensor before = x.Grad!;
        x.Square().Sum().Backward();
        Assert.Equal(8, x.Grad!.Item<double>());
        Assert.Equal(2, before.Item<double>());
        x.Grad = null;
        (x * 5).Sum().Backward();
        Assert.Equal(5, x.Grad!.Item<double>());
    }

    [Fact]
    public void Recorded_passes_give_the_second_and_third_derivative()
    {
        Tensor x = Leaves.Of(1.5);
        (x * x * x * x).Sum().Backward(createGraph: true);
        Tensor first = Taken(x);
        first.Backward(createGraph: true);
        Tensor second = Taken(x);
        second.Backward();
        Assert.Equal(4 * 1.5 * 1.5 * 1.5, first.Item<double>(), 1e-13);
        Assert.Equal(12 * 1.5 * 1.5, second.Item<double>(), 1e-13);
        Assert.Equal(24 * 1.5, Taken(x).Item<double>(), 1e-13);
    }

    [Fact]
    public void A_gradient_penalty_is_differentiated()
    {
        // d/dw of (d/dx (w x^2))^2 = d/dw 4 w^2 x^2 = 8 w x^2.
        Tensor w = Leaves.Of(3), x = Leaves.Of(0.5);
        Tensor slope = Differentiate.Gradients((w * x.Square()).Sum(), [x], createGraph: true)[0];
        slope.Square().Sum().Backward();
        Assert.Equal(8 * 3 * 0.25, w.Grad!.Item<double>(), 1e-14);
    }

    [Fact]
    public void A_plain_pass_leaves_gradients_without_a_history()
    {
        Tensor x = Leaves.Of(2);
        x.Square().Sum().Backward();
        Assert.False(x.Grad!.IsTracked);
        x.Grad = null;
        x.Square().Sum().Backward(createGraph: true);
        Assert.True(x.Grad!.IsTracked);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Recording_is_as_before_after_a_pass_also_one_that_fails(bool isRecording, bool fails)
    {
        Tensor x = Leaves.Of(2), loss = x.Square().Sum();
        x.OnGradient(_ => fails ? throw new TimeoutException() : null);
        Interpreter.IsRecording = isRecording;
        try
        {
            Exception? thrown = Xunit.Record.Exception(() => loss.Backward(createGraph: !isRecording));
            Assert.Equal(fails, thrown is TimeoutException);
            Assert.Equal(isRecording, Interpreter.IsRecording);
        }
        finally
        {
            Interpreter.IsRecording = true;
        }
    }

    [Fact]
    public void A_gradient_of_another_shape_or_type_cannot_be_set()
    {
        Tensor x = Leaves.Of(1, 2);
        Assert.Contains("[1]", Assert.Throws<ShapeException>(() => x.Grad = Tensor.Ones([1], DType.Float64)).Message);
        Assert.Contains("float32", Assert.Throws<DTypeException>(() => x.Grad = Tensor.Ones([2])).Message);
        x.Grad = Tensor.From([10.0, 20.0]);
        x.Square().Sum().Backward();
        Assert.Equal([12, 24], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void Threads_differentiate_graphs_of_their_own_at_once()
    {
        const int Threads = 4, Rounds = 200;
        using var start = new Barrier(Threads);
        double[] sums = new double[Threads];
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(t => new Thread(() =>
        {
            start.SignalAndWait();
            for (int i = 1; i <= Rounds; i++)
            {
                Tensor x = Leaves.Of(t + i, i);
                ((x + x) * x + x.Square() * t).Sum().Backward();
                sums[t] += x.Grad!.Sum().Item<double>();
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        for (int t = 0; t < Threads; t++)
        {
            // (4 + 2t) x, summed over x = t + i and i.
            double expected = Enumerable.Range(1, Rounds).Sum(i => (4.0 + 2 * t) * (t + 2 * i));
            Assert.Equal(expected, sums[t]);
        }
    }

    private static Tensor Taken(Tensor x)
    {
        Tensor gradient = x.Grad!;
        x.Grad = null;
        return gradient;
    }
}
