using ChainRule.Nn;
using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Graphs;

public sealed class CompiledFunctionTests
{
    private const int Calls = CompiledProgram.CheckedReplays + 2;

    [Fact]
    public void A_replay_runs_no_code_of_the_function()
    {
        int calls = 0;
        CompiledFunction compiled = Compile.Of(x =>
        {
            calls++;
            return x * 2 + 1;
        });
        for (int i = 0; i < 10; i++)
            Assert.Equal(2 * i + 1, compiled.Run((float)i).Item<float>());
        // Once to record it, and once for each replay that is compared with it.
        Assert.Equal(1 + CompiledProgram.CheckedReplays, calls);
        Assert.Equal(1, compiled.Recordings);
    }

    [Fact]
    public void A_new_shape_or_type_is_recorded_again()
    {
        CompiledFunction compiled = Compile.Of(x => x.Square().Sum());
        for (int i = 0; i < Calls; i++)
        {
            Assert.Equal(5, compiled.Run([1f, 2f]).Item<float>());
            Assert.Equal(14, compiled.Run([1f, 2f, 3f]).Item<float>());
            Assert.Equal(DType.Float64, compiled.Run(Tensor.From([1.0, 2.0])).DType);
        }
        Assert.Equal(3, compiled.Recordings);
    }

    [Fact]
    public void No_more_plans_are_kept_than_a_certain_number()
    {
        CompiledFunction compiled = Compile.Of(x => x + 1);
        for (int round = 0; round < 2; round++)
        {
            for (int size = 1; size <= CompiledProgram.MostPlans + 1; size++)
                Assert.Equal(size, compiled.Run(Tensor.Zeros([size])).Sum().Item<float>());
        }
        // The one used longest ago went each time, which was always the next to come.
        Assert.Equal(2 * (CompiledProgram.MostPlans + 1), compiled.Recordings);
        Assert.Contains($"{CompiledProgram.MostPlans} of at most {CompiledProgram.MostPlans} plans", compiled.Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_a_value_says_what_to_do_instead()
    {
        Func<Tensor, Tensor>[] readers =
        [
            x => x.Sum().Item<float>() > 0 ? x : -x,
            x => x * x.ToArray<float>()[0],
            x => x * x.AsSpan<float>()[0],
            x => x * x.ToString().Length,
            x => x * (double)(x + 1).ToArray().Length,
        ];
        foreach (Func<Tensor, Tensor> reader in readers)
        {
            var refusal = Assert.Throws<CompileException>(() => Compile.Of(reader).Run([1f, 2f]));
            Assert.Contains("Tensor.Where", refusal.Message, StringComparison.Ordinal);
        }
        Assert.StartsWith("CopyTo: ", Assert.Throws<CompileException>(() => Compile.Of(readers[0]).Run([1f, 2f])).Message, StringComparison.Ordinal);
        Assert.Contains("the result of Sum", Assert.Throws<CompileException>(() => Compile.Of(readers[0]).Run([1f, 2f])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_recording_leaves_nothing_behind()
    {
        Assert.Throws<CompileException>(() => Compile.Of(x => x * x.Item<float>()).Run(2f));
        Tensor x = [1f, 2f];
        Assert.Equal(3, x.Sum().Item<float>());
        Assert.Null(Recording.Current);
        Assert.Null(Interpreter.Witness);
    }

    [Fact]
    public void Values_of_what_is_alike_at_each_call_may_be_read()
    {
        CompiledFunction compiled = Compile.Of(x => x * Tensor.Arange(0, 4).Sum().Item<float>());
        for (int i = 0; i < Calls; i++)
            Assert.Equal(6f * i, compiled.Run((float)i).Item<float>());
    }

    [Fact]
    public void A_captured_tensor_that_is_changed_in_place_is_seen()
    {
        Tensor w = [1f, 2f];
        CompiledFunction compiled = Compile.Of(x => x * w);
        for (int i = 0; i < Calls + 2; i++)
        {
            w.Fill(i);
            Assert.Equal([3f * i, 4f * i], compiled.Run([3f, 4f]).ToArray<float>());
        }
    }

    [Fact]
    public void A_variable_that_is_assigned_anew_is_found_out()
    {
        Tensor w = [1f, 2f];
        CompiledFunction compiled = Compile.Of(x => x * w);
        compiled.Run([1f, 1f]);
        w = [3f, 4f];
        var difference = Assert.Throws<CompileException>(() => compiled.Run([1f, 1f]));
        Assert.Contains("result 0 of shape [2] is 3 now at [0], not 1", difference.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_in_place_inside_is_refused()
    {
        Tensor w = [1f, 2f];
        foreach (Func<Tensor, Tensor> change in new Func<Tensor, Tensor>[] { x => x.Fill(1), x => w.CopyFrom(x), x => w.Fill(0) + x, x => (x + 1).Fill(2) })
            Assert.Contains("changed in place", Assert.Throws<CompileException>(() => Compile.Of(change).Run([1f, 2f])).Message, StringComparison.Ordinal);
        Assert.Equal([1f, 2f], w.ToArray<float>());
    }

    [Fact]
    public void A_new_tensor_may_be_filled_before_it_is_used()
    {
        CompiledFunction compiled = Compile.Of(x => x + Tensor.Zeros([2]).Fill(5));
        for (int i = 0; i < Calls; i++)
            Assert.Equal([5f + i, 6f + i], compiled.Run([i, i + 1f]).ToArray<float>());
    }

    [Fact]
    public void Arguments_may_be_views_of_any_layout()
    {
        CompiledFunction compiled = Compile.Of((a, b) => a.MatMul(b) + 1);
        Tensor all = Tensor.Normal([40, 60], new RandomKey(1));
        for (int i = 0; i < Calls; i++)
        {
            Tensor a = all.Slice(0, i, 20).Slice(1, i, 30), b = all.Slice(1, 5 + i, 20).Slice(0, 0, 30);
            Compare.SameBits(a.MatMul(b) + 1, compiled.Run(a, b), $"call {i}");
            Compare.SameBits(b.T.MatMul(a.T) + 1, compiled.Run(b.T, a.T), $"call {i}, transposed");
        }
    }

    [Fact]
    public void An_argument_may_be_part_of_a_captured_tensor()
    {
        Tensor data = Tensor.Normal([8, 3], new RandomKey(1));
        CompiledFunction compiled = Compile.Of(x => x + data.Sum(0));
        for (int i = 0; i < Calls; i++)
            Compare.SameBits(data.Slice(0, i, 2) + data.Sum(0), compiled.Run(data.Slice(0, i, 2)), $"call {i}");
    }

    [Fact]
    public void A_result_may_be_an_argument_a_view_or_a_constant()
    {
        Tensor w = [7f, 8f];
        CompiledFunction compiled = Compile.Of((Tensor[] x) => [x[0], x[0].T, w, Tensor.Ones([2]), x[0] + 1, x[0] + 1, (x[0] + 1).T]);
        for (int i = 0; i < Calls; i++)
        {
            Tensor x = Tensor.Arange(i, i + 6).Reshape(2, 3);
            Tensor[] y = compiled.RunAll(x);
            Tensor[] expected = [x, x.T, w, Tensor.Ones([2]), x + 1, x + 1, (x + 1).T];
            for (int j = 0; j < y.Length; j++)
                Compare.SameBits(expected[j], y[j], $"call {i}, result {j}");
        }
    }

    [Fact]
    public void Results_of_one_call_stay_when_the_next_comes()
    {
        CompiledFunction compiled = Compile.Of(x => x * 2);
        Tensor[] results = [.. Enumerable.Range(0, 6).Select(i => compiled.Run(Tensor.Full([5000], i)))];
        for (int i = 0; i < results.Length; i++)
            Assert.Equal(2f * i, results[i][4999].Item<float>());
    }

    [Fact]
    public void Results_can_be_written_into_given_tensors_even_over_arguments()
    {
        CompiledFunction compiled = Compile.Of((a, b) => (a + b).Tanh() * a.Sum());
        foreach (long size in new long[] { 3, 20_000 })
        {
            for (int i = 0; i < Calls; i++)
            {
                Tensor a = Tensor.Normal([size], new RandomKey(i)), b = Tensor.Normal([size], new RandomKey(10 + i));
                Tensor expected = (a + b).Tanh() * a.Sum(), given = Tensor.Zeros([size]);
                compiled.RunInto([a, b], given);
                Compare.SameBits(expected, given, $"size {size}, call {i}");
                compiled.RunInto([a, b], a);
                Compare.SameBits(expected, a, $"size {size}, call {i}, in place");
            }
        }
    }

    [Fact]
    public void A_tensor_that_does_not_fit_its_result_is_refused()
    {
        CompiledFunction compiled = Compile.Of(x => x * 2);
        compiled.Run([1f, 2f]);
        Assert.Throws<ShapeException>(() => compiled.RunInto([[1f, 2f]], Tensor.Zeros([3])));
        Assert.Throws<ShapeException>(() => compiled.RunInto([[1f, 2f]], Tensor.Zeros([2], DType.Float64)));
        Assert.Throws<ShapeException>(() => compiled.RunInto([[1f, 2f]]));
        Assert.Throws<InPlaceException>(() => compiled.RunInto([[1f, 2f]], Tensor.Zeros([1]).Expand([2])));
        Assert.Throws<ArgumentNullException>(() => compiled.Run(null!, null!));
        Assert.Throws<CompileException>(() => compiled.Run(1f, 2f));
        Assert.Throws<CompileException>(() => Compile.Of((Tensor[] x) => [x[0], x[0]]).Run(1f));
    }

    [Fact]
    public void A_tracked_argument_is_refused_but_not_under_NoGrad()
    {
        CompiledFunction compiled = Compile.Of(x => x * 2);
        Tensor x = Tensor.Ones([2]).RequiresGrad();
        Assert.Contains("Compile.Of(Differentiate.Grad(f))", Assert.Throws<CompileException>(() => compiled.Run(x)).Message, StringComparison.Ordinal);
        using (new NoGrad())
            Assert.Equal([2f, 2f], compiled.Run(x).ToArray<float>());
    }

    [Fact]
    public void Derivatives_of_every_kind_can_be_compiled()
    {
        Func<Tensor, Tensor> f = v => (v.Sin() * v.Exp()).Sum();
        Func<Tensor, Tensor> third = v => Differentiate.Grad(u => Differentiate.Grad(f)(u).Square().Sum())(v);
        Func<Tensor, Tensor> forward = v => Differentiate.Jvp(u => u.Tanh() * u, v, v.Cos()).Tangent;
        Func<Tensor, Tensor> batched = v => Differentiate.Vmap(Differentiate.Grad((Tensor u) => u.Square() * u))(v);
        foreach (Func<Tensor, Tensor> derivative in new[] { third, forward, batched })
        {
            CompiledFunction compiled = Compile.Of(derivative);
            for (int i = 0; i < Calls; i++)
            {
                Tensor x = Tensor.Normal([5], new RandomKey(i), dtype: DType.Float64);
                Compare.SameBits(derivative(x), compiled.Run(x), $"call {i}");
            }
        }
    }

    [Fact]
    public void A_gradient_left_outside_is_refused()
    {
        Tensor w = Tensor.Ones([2]).RequiresGrad();
        CompiledFunction compiled = Compile.Of(x =>
        {
            (x * w).Sum().Backward();
            return x;
        });
        Assert.Contains("Compile.Step", Assert.Throws<CompileException>(() => compiled.Run([1f, 2f])).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Droppings => [.. _droppings.Keys];

    private static readonly Dictionary<string, (Func<RandomKey, Dropping> Make, long[] Shape)> _droppings = new()
    {
        [nameof(Dropout)] = (key => new Dropout(0.5, key), [50]),
        [nameof(AlphaDropout)] = (key => new AlphaDropout(0.5, key), [50]),
        [nameof(Dropout1d)] = (key => new Dropout1d(0.5, key), [50, 2]),
        [nameof(Dropout2d)] = (key => new Dropout2d(0.5, key), [50, 2, 2]),
        [nameof(Dropout3d)] = (key => new Dropout3d(0.5, key), [50, 1, 2, 2]),
        [nameof(DropPath)] = (key => new DropPath(0.5, key), [50, 2]),
    };

    [Fact]
    public void Every_layer_that_drops_is_compared_with_its_compiled_self() =>
        Assert.Equal(
            typeof(Dropping).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Dropping)) && !type.IsAbstract).Select(type => type.Name).Order(),
            _droppings.Keys.Order());

    [Theory]
    [MemberData(nameof(Droppings))]
    public void Random_draws_go_on_as_without_compiling(string layer)
    {
        (Func<RandomKey, Dropping> make, long[] shape) = _droppings[layer];
        Tensor[] Draws(bool isCompiled)
        {
            Dropping dropout = make(new RandomKey(7));
            Func<Tensor, Tensor> f = x => dropout.Forward(x) + dropout.Forward(x.Tanh());
            CompiledFunction compiled = Compile.Of(f);
            Tensor ones = Tensor.Ones(Shape.Create(shape));
            return [.. Enumerable.Range(0, Calls + 3).Select(i => isCompiled ? compiled.Run(ones) : f(ones))];
        }
        Tensor[] expected = Draws(isCompiled: false), actual = Draws(isCompiled: true);
        for (int i = 0; i < expected.Length; i++)
            Compare.SameBits(expected[i], actual[i], $"call {i}");
        Assert.NotEqual(actual[^1].ToArray<float>(), actual[^2].ToArray<float>());
    }

    [Fact]
    public void A_checkpoint_computes_again_what_it_drew()
    {
        Tensor[] Gradients(bool isCompiled)
        {
            var dropout = new Dropout(0.5, new RandomKey(7));
            Func<Tensor, Tensor> f = Differentiate.Grad(v => Checkpoint.Run(u => dropout.Forward(u.Square()).Exp(), v).Sum());
            CompiledFunction compiled = Compile.Of(f);
            return [.. Enumerable.Range(0, Calls + 1).Select(i => isCompiled ? compiled.Run(Tensor.Full([40], i / 4.0)) : f(Tensor.Full([40], i / 4.0)))];
        }
        Tensor[] expected = Gradients(isCompiled: false), actual = Gradients(isCompiled: true);
        for (int i = 0; i < expected.Length; i++)
            Compare.SameBits(expected[i], actual[i], $"call {i}");
    }

    [Fact]
    public void A_draw_of_a_fixed_key_is_a_constant()
    {
        CompiledFunction compiled = Compile.Of(x => x + Tensor.Normal([4], new RandomKey(3)));
        for (int i = 0; i < Calls; i++)
            Compare.SameBits(Tensor.Full([4], i) + Tensor.Normal([4], new RandomKey(3)), compiled.Run(Tensor.Full([4], i)), $"call {i}");
        Assert.DoesNotContain(compiled.Graph.Nodes, node => node.Kind == GraphNodeKind.Draw);
    }

    [Fact]
    public void Values_that_decide_have_the_function_recorded_again()
    {
        // How often a matrix is halved before its exponential is a matter of its size.
        CompiledFunction compiled = Compile.Of(x => x.MatrixExp());
        foreach (double size in new[] { 0.1, 0.2, 0.3, 0.4, 40, 400, 0.1 })
        {
            Tensor x = Tensor.Normal([3, 3], new RandomKey(1), dtype: DType.Float64) * size;
            Compare.SameBits(x.MatrixExp(), compiled.Run(x), $"size {size}");
        }
        Assert.Equal(4, compiled.Recordings);
    }

    [Fact]
    public void Checks_of_values_are_made_at_each_call()
    {
        Tensor table = Tensor.Normal([4, 2], new RandomKey(1));
        CompiledFunction compiled = Compile.Of(ids => ids.Embedding(table));
        for (int i = 0; i < Calls; i++)
            Compare.SameBits(table.Take(Tensor.From<long>([i, 1])), compiled.Run(Tensor.From<long>([i, 1])), $"call {i}");
        Assert.Contains("id 4", Assert.Throws<ShapeException>(() => compiled.Run(Tensor.From<long>([0, 4]))).Message, StringComparison.Ordinal);
        CompiledFunction loss = Compile.Of((p, t) => Loss.BinaryCrossEntropy(p, t));
        for (int i = 0; i < Calls; i++)
            loss.Run([0.5f, 0.25f], [1f, 0f]);
        Assert.Throws<ArgumentOutOfRangeException>(() => loss.Run([0.5f, 1.25f], [1f, 0f]));
    }

    [Fact]
    public void A_compiled_function_inside_another_is_part_of_it()
    {
        CompiledFunction inner = Compile.Of(x => x.Exp());
        CompiledFunction outer = Compile.Of(x => inner.Run(x * 2) + 1);
        for (int i = 0; i < Calls; i++)
            Compare.SameBits((Tensor.Full([3], i) * 2).Exp() + 1, outer.Run(Tensor.Full([3], i)), $"call {i}");
        Assert.Contains(outer.Graph.Nodes, node => node.Name == "Exp");
    }

    [Fact]
    public void A_function_of_ones_own_runs_at_each_call()
    {
        Func<Tensor, Tensor> rounded = CustomFunction.Of((Tensor x) => Tensor.From(Array.ConvertAll(x.ToArray<double>(), value => Math.Round(value)), x.Shape), (Tensor x, Tensor y, Tensor cotangent) => cotangent);
        Func<Tensor, Tensor> gradient = Differentiate.Grad(x => rounded(x * 3).Square().Sum());
        CompiledFunction compiled = Compile.Of(gradient);
        for (int i = 0; i < Calls; i++)
        {
            Tensor x = Tensor.Normal([4], new RandomKey(i), dtype: DType.Float64);
            Compare.SameBits(gradient(x), compiled.Run(x), $"call {i}");
        }
    }

    [Fact]
    public void A_layer_that_changes_to_evaluation_is_recorded_again()
    {
        var model = new Sequential(new Linear(3, 4, new RandomKey(1)), new Dropout(0.5, new RandomKey(2)));
        CompiledFunction compiled = Compile.Of(model.Forward);
        Tensor x = Tensor.Ones([2, 3]);
        for (int i = 0; i < Calls; i++)
            compiled.Run(x);
        model.Eval();
        using (new NoGrad())
            Compare.SameBits(model.Forward(x), compiled.Run(x), "in evaluation");
        Assert.Equal(2, compiled.Recordings);
    }

    [Fact]
    public void Several_threads_may_call_at_once()
    {
        CompiledFunction compiled = Compile.Of(x => (x * 2 + 1).Sum());
        for (int i = 0; i < Calls; i++)
            compiled.Run(Tensor.Zeros([100]));
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(number => new Thread(() =>
        {
            for (int i = 0; i < 200; i++)
                Assert.Equal(100 * (2 * number + 1), compiled.Run(Tensor.Full([100], number)).Item<float>());
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }
}
