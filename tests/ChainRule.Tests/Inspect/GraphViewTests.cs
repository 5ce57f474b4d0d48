using ChainRule.Inspect;

namespace ChainRule.Tests.Inspect;

/// <summary>Histories of tensors: what is in the view is what calculus says.</summary>
public sealed class GraphViewTests
{
    [Fact]
    public void A_history_has_values_gradients_and_local_derivatives()
    {
        // L = (w x + b)^2 at w = 3, x = 2, b = 1: L = 49, dL/dw = 2 * 7 * 2 = 28, dL/db = 14.
        Tensor x = [2f], w = [3f], b = [1f];
        w.RequiresGrad();
        b.RequiresGrad();
        Tensor loss = (w * x + b).Square().Sum();
        GraphView view = loss.ToGraph(gradients: true, names: [("x", x), ("w", w), ("b", b)]);

        Assert.Equal(["w", "x", "v1", "b", "v2", "v3", "v4"], view.Nodes.Select(node => node.Name));
        Assert.Equal(["parameter", "input", "Multiply", "parameter", "Add", "Square", "Sum"], view.Nodes.Select(node => node.Operation));
        Assert.Equal([3, 2, 6, 1, 7, 49, 49], view.Nodes.Select(node => node.Value!.Mean));
        Assert.Equal([28, null, 14, 14, 14, 1, 1], view.Nodes.Select(node => node.Gradient?.Mean));
        Assert.Equal(["", "", "v1 = w · x", "", "v2 = v1 + b", "v3 = square(v2)", "v4 = sum(v3; axis 0)"], view.Nodes.Select(node => node.Formula));
        Assert.Equal([(0, 2, 2.0), (1, 2, null), (2, 4, 1), (3, 4, 1), (4, 5, 14), (5, 6, 1)], view.Edges.Select(edge => (edge.From, edge.To, edge.LocalDerivative?.Mean)));
        Assert.Equal(6, Assert.Single(view.Nodes, node => node.IsResult).Id);
        Assert.Null(w.Grad);
        loss.Backward(); // the history is still there
        Assert.Equal(28, w.Grad!.Item<float>());
    }

    [Fact]
    public void The_product_of_the_derivatives_along_a_path_is_the_gradient()
    {
        // y = exp(sin(x^2)) at x = 0.5: dy/dx = y cos(x^2) 2x.
        Tensor x = Tensor.From([0.5]).RequiresGrad();
        GraphView view = x.Square().Sin().Exp().Sum().ToGraph(gradients: true);
        double expected = Math.Exp(Math.Sin(0.25)) * Math.Cos(0.25);
        double product = view.Edges.Aggregate(1.0, (product, edge) => product * edge.LocalDerivative!.Elements![0]);
        Assert.Equal(expected, product, 1e-12);
        Assert.Equal(expected, view.Nodes[0].Gradient!.Elements![0], 1e-12);
    }

    [Fact]
    public void A_value_that_no_derivative_needs_is_computed_again()
    {
        Tensor a = Tensor.From([1.0, 2.0]).RequiresGrad(), b = Tensor.From([10.0, 20.0]).RequiresGrad();
        GraphView view = (a + b - a).Sum().ToGraph();
        Assert.Equal([11, 22], view.Nodes.Single(node => node.Operation == "Add").Value!.Elements!);
        Assert.Equal([10, 20], view.Nodes.Single(node => node.Operation == "Subtract").Value!.Elements!);
    }

    [Fact]
    public void What_was_not_kept_is_said_to_be_unknown_and_a_watched_function_knows_it()
    {
        Tensor x = Tensor.From([1.0]).RequiresGrad(), secret = Tensor.From([5.0]);
        Tensor y = (x + secret).Sum();
        GraphViewNode lost = y.ToGraph().Nodes.Single(node => node.Kind == GraphViewNodeKind.Constant);
        Assert.Null(lost.Value);
        Assert.Equal("its value was not kept", lost.Note);
        GraphView watched = GraphView.Of(() => (x + secret).Sum());
        Assert.Equal([1, 5, 6, 6], watched.Nodes.Select(node => node.Value!.Mean));
    }

    [Fact]
    public void One_tensor_that_is_read_twice_is_one_node_with_two_edges()
    {
        Tensor x = Tensor.From([3.0]).RequiresGrad();
        GraphView view = (x * x).Sum().ToGraph(gradients: true);
        Assert.Equal(["p1", "v1", "v2"], view.Nodes.Select(node => node.Name));
        Assert.Equal([(0, 1, 0), (0, 1, 1)], view.Edges.Take(2).Select(edge => (edge.From, edge.To, edge.Operand)));
        Assert.Equal([3, 3], view.Edges.Take(2).Select(edge => edge.LocalDerivative!.Mean));
        Assert.Equal(6, view.Nodes[0].Gradient!.Mean); // both ways add up
    }

    [Fact]
    public void A_derivative_that_is_no_list_of_numbers_is_not_shown()
    {
        Tensor a = Tensor.From(new double[,] { { 1, 2 }, { 3, 4 } }).RequiresGrad();
        GraphView view = a.MatMul(a).Softmax(1).Sum().ToGraph();
        Assert.All(view.Edges.Where(edge => view.Nodes[edge.To].Operation is "MatMul" or "Softmax"), edge => Assert.Null(edge.LocalDerivative));
        Assert.Equal([1, 1, 1, 1], view.Edges.Single(edge => view.Nodes[edge.To].Operation == "Sum").LocalDerivative!.Elements!);
    }

    [Fact]
    public void Second_order_graphs_are_drawn_and_differentiated()
    {
        // y = (2 v + 1)^3 at v = 2: y'' = 24 (2 v + 1) = 120.
        Tensor v = Tensor.From([2.0]).RequiresGrad();
        Tensor y = (2 * v + 1).Pow(3).Sum();
        Tensor slope = Differentiate.Gradients(y, [v], createGraph: true)[0];
        GraphView view = slope.Sum().ToGraph(gradients: true, names: [("v", v)]);
        Assert.Equal(150, view.Nodes[^1].Value!.Mean);
        Assert.Equal(120, view.Nodes.Single(node => node.Name == "v").Gradient!.Mean, 1e-9);
        Assert.All(view.Edges, edge => Assert.True(edge.From < edge.To));
    }

    [Fact]
    public void A_value_that_was_changed_in_place_is_marked()
    {
        Tensor x = Tensor.From([2.0]).RequiresGrad();
        Tensor y = (x * x).Sum();
        using (new NoGrad())
            x.CopyFrom(Tensor.From([5.0]));
        GraphView view = y.ToGraph();
        Assert.Equal("changed in place after it was used", view.Nodes[0].Note);
        Assert.Equal(5, view.Nodes[0].Value!.Mean); // what it is now
        Assert.Null(view.Nodes[1].Value); // 4 cannot be computed any more, and 25 was never there
        Assert.All(view.Edges.Where(edge => edge.To == 1), edge => Assert.Null(edge.LocalDerivative));
        Assert.Throws<InPlaceException>(() => y.ToGraph(gradients: true));
    }

    [Fact]
    public void A_view_shows_what_was_there_when_it_was_made()
    {
        Tensor x = Tensor.From([2.0]).RequiresGrad();
        GraphView view = (x * 3).Sum().ToGraph();
        using (new NoGrad())
            x.CopyFrom(Tensor.From([5.0]));
        Assert.Equal(2, view.Nodes[0].Value!.Mean);
    }

    [Fact]
    public void Many_elements_become_a_summary()
    {
        Tensor x = Tensor.From([.. Enumerable.Range(0, 17).Select(i => i == 16 ? double.NaN : i)]);
        GraphValue value = GraphView.Of(() => x * 1).Nodes[0].Value!;
        Assert.Null(value.Elements);
        Assert.Equal((0, 7.5, 15, 1), (value.Min, value.Mean, value.Max, value.NonFiniteCount));
        Assert.Equal("1 not finite min 0 mean 7.5 max 15", value.Text);
    }

    [Fact]
    public void Infinite_and_missing_numbers_are_shown()
    {
        Tensor x = Tensor.From([double.NaN, double.PositiveInfinity, 1]);
        Assert.Equal("[nan inf 1]", GraphView.Of(() => x * 1).Nodes[0].Value!.Text);
        Assert.Equal("[]", GraphView.Of(() => Tensor.Zeros([0]) * 2).Nodes[0].Value!.Text);
    }

    [Fact]
    public void A_leaf_alone_is_a_graph()
    {
        GraphView view = Tensor.From([2.0]).RequiresGrad().ToGraph();
        Assert.Equal(GraphViewNodeKind.Parameter, Assert.Single(view.Nodes).Kind);
        Assert.True(view.Nodes[0].IsResult);
    }

    [Fact]
    public void A_tensor_without_history_says_what_to_do()
    {
        var error = Assert.Throws<DifferentiationException>(() => Tensor.From([2.0]).ToGraph());
        Assert.Contains("RequiresGrad()", error.Message, StringComparison.Ordinal);
        Assert.Contains("GraphView.Of(() => f(x))", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_that_was_freed_says_what_to_do()
    {
        Tensor loss = Tensor.From([2.0]).RequiresGrad().Square().Sum();
        loss.Backward();
        var error = Assert.Throws<DifferentiationException>(() => loss.ToGraph());
        Assert.Contains("before Backward", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_history_that_was_freed_ends_there()
    {
        Tensor x = Tensor.From([2.0]).RequiresGrad(), inner = x.Exp();
        inner.Square().Sum().Backward();
        GraphView view = (inner * 2).Sum().ToGraph();
        Assert.Equal("its history was freed by a backward pass", view.Nodes[0].Note);
        Assert.Equal(4, view.Nodes.Count);
    }

    [Fact]
    public void Gradients_of_many_numbers_need_a_seed()
    {
        Tensor y = Tensor.From([1.0, 2.0]).RequiresGrad().Square();
        Assert.Throws<DifferentiationException>(() => y.ToGraph(gradients: true));
        Assert.Equal([20, 400], GraphView.Of(y, gradients: true, seed: Tensor.From([10.0, 100.0])).Nodes[0].Gradient!.Elements!);
        Assert.Throws<DifferentiationException>(() => GraphView.Of(() => Tensor.From([1.0]).Sum(), gradients: true));
    }

    [Fact]
    public void There_is_no_history_inside_a_batch_or_a_recording()
    {
        Tensor x = Tensor.From([1.0, 2.0]);
        var inBatch = Assert.Throws<DifferentiationException>(() => Differentiate.Vmap(v => { v.ToGraph(); return v; })(x));
        Assert.Contains("Vmap", inBatch.Message, StringComparison.Ordinal);
        Assert.Throws<CompileException>(() => Compile.Of(v => { (v * 2).ToGraph(); return v; }).Run(x));
    }

    [Fact]
    public void Watching_a_function_leaves_no_trace()
    {
        Tensor x = Tensor.From([2.0]).RequiresGrad();
        Assert.Throws<ShapeException>(() => GraphView.Of(() => x.MatMul(Tensor.Zeros([3]))));
        GraphView view = GraphView.Of(() => (x * 3).Sum(), gradients: true);
        int count = view.Nodes.Count;
        _ = x * 4;
        Assert.Equal(count, view.Nodes.Count);
        Assert.Null(x.Grad);
        Assert.Null(Interpreter.Witness);
    }

    [Fact]
    public void What_the_result_does_not_depend_on_is_left_out()
    {
        Tensor x = Tensor.From([2.0]);
        GraphView view = GraphView.Of(() => { _ = x.Exp().Sum(); return x * 3; });
        Assert.Equal(["constant", "constant", "Multiply"], view.Nodes.Select(node => node.Operation));
        Assert.Equal([(0, 2), (1, 2)], view.Edges.Select(edge => (edge.From, edge.To)));
    }

    [Fact]
    public void What_a_gradient_function_computes_inside_is_seen()
    {
        Tensor x = Tensor.From([3.0]);
        GraphView view = GraphView.Of(() => Differentiate.Grad(v => (v * v).Sum())(x));
        Assert.Equal(6, view.Nodes.Single(node => node.IsResult).Value!.Mean);
    }

    [Fact]
    public void A_compiled_graph_is_a_view_too()
    {
        CompiledFunction compiled = Compile.Of(x => (x.Tanh() * 2).Sum());
        compiled.Run(Tensor.From([1.0, 2.0]));
        GraphView view = GraphView.Of(compiled.Graph);
        Assert.Equal(compiled.Graph.Nodes.Count, view.Nodes.Count);
        Assert.Equal(["input", "Tanh", "Multiply", "Sum"], view.Nodes.Where(node => node.Kind != GraphViewNodeKind.Constant).Select(node => node.Operation));
        Assert.True(view.Nodes[^1].IsResult);
        Assert.Null(view.Nodes[^1].Value);
    }

    [Fact]
    public void Parameters_of_an_operation_stand_in_its_formula()
    {
        Tensor x = Tensor.Zeros([2, 3, 4]);
        Assert.Equal("v1 = sum(x; axes 0, 2)", Only(x, y => y.Sum([0, 2])));
        Assert.Equal("v1 = slice(x; axis 1, start 1, length 2, step 1)", Only(x, y => y.Slice(1, 1, 2)));
        Assert.Equal("v1 = reshape(x; target [6, 4])", Only(x, y => y.Reshape(6, 4)));
        Assert.Equal("v1 = -x", Only(x, y => -y));

        static string Only(Tensor x, Func<Tensor, Tensor> f) => GraphView.Of(() => f(x), names: [("x", x)]).Nodes[^1].Formula;
    }
}
