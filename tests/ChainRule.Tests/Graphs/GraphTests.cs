using ChainRule.Nn;
using ChainRule.Tests.Kernels.Loops;
using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Graphs;

/// <summary>Graphs, their rewrites, groups and plans. Alone, since one test sets the number of threads.</summary>
[Collection<Alone>]
public sealed class GraphTests
{
    [Fact]
    public void A_graph_is_printed_node_by_node()
    {
        CompiledFunction compiled = Compile.Of((a, b) => (a * b + a).Sigmoid() * b.Tanh());
        compiled.Run(Tensor.Ones([2, 3]), Tensor.Ones([2, 3]));
        string[] lines = compiled.Graph.ToString().Split('\n');
        Assert.Equal(
        [
            "%0 float32[2, 3] input -> %2, %3",
            "%1 float32[2, 3] input -> %2, %5",
            "%2 float32[2, 3] Multiply(%0, %1) -> %3",
            "%3 float32[2, 3] Add(%2, %0) -> %4",
            "%4 float32[2, 3] Sigmoid(%3) -> %6",
            "%5 float32[2, 3] Tanh(%1) -> %6",
            "%6 float32[2, 3] Multiply(%4, %5) -> the result",
        ], lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public void Equal_nodes_are_joined_and_what_nothing_reads_is_gone()
    {
        CompiledFunction compiled = Compile.Of(x =>
        {
            _ = x.Cos(); // nothing reads it
            return (x.Exp() + x.Exp().Clone()) * 1 * Tensor.Ones([3]).Sum();
        });
        compiled.Run([1f, 2f, 3f]);
        Assert.Equal(["Exp", "Add", "Multiply"], compiled.Graph.Nodes.Where(node => node.Kind == GraphNodeKind.Operation && node.Name != "Broadcast").Select(node => node.Name));
    }

    [Fact]
    public void Nothing_is_dropped_that_could_change_a_bit()
    {
        // -0 + 0 is 0, and 0·x is not 0 where x is NaN.
        CompiledFunction sum = Compile.Of(x => x + 0), product = Compile.Of(x => x * 0);
        for (int i = 0; i < CompiledProgram.CheckedReplays + 2; i++)
        {
            Compare.SameBits(Tensor.From([0.0, 1]), sum.Run(Tensor.From([-0.0, 1])), "x + 0");
            Compare.SameBits(Tensor.From([double.NaN, -0.0]), product.Run(Tensor.From([double.PositiveInfinity, -1])), "x * 0");
        }
    }

    [Fact]
    public void A_chain_of_elementwise_operations_is_one_kernel()
    {
        Plan plan = PlanOf(x => ((x[0] * x[1] + x[0]).Sigmoid() * x[1].Tanh(), (x[0] > 0).To(DType.Float32) * 2), Tensor.Ones([70]), Tensor.Ones([70]));
        Assert.IsType<GroupKernel>(Assert.Single(plan.Kernels));
        Assert.Equal(2, plan.IsInMemory.Where((isInMemory, node) => isInMemory && plan.Graph.Nodes[node].Kind == GraphNodeKind.Operation).Count());
    }

    [Fact]
    public void A_group_reads_every_layout_on_any_number_of_threads()
    {
        // Rows, columns, single numbers, transposes, steps and masks, over many tiles that end in the middle of rows.
        static Tensor Mixed(Tensor[] x)
        {
            Tensor a = x[0], row = x[1], column = x[2], one = x[3], turned = x[4].T, every = x[5].Slice(1, 3, 700);
            Tensor y = Tensor.Where(a > row, a * column + one, turned.Tanh() - every);
            return y / (a.Square() + 1) + (row * one).To(DType.Float64).To(DType.Float32) + Tensor.Where(turned < 0, column, 2);
        }
        CompiledFunction compiled = Compile.Of((Tensor[] x) => Mixed(x));
        for (int call = 0; call < CompiledProgram.CheckedReplays + 3; call++)
        {
            Tensor[] x = [.. new Shape[] { [301, 700], [700], [301, 1], [], [700, 301], [301, 710] }.Select((shape, i) => Tensor.Normal(shape, new RandomKey(10 * call + i)))];
            Tensor expected = Mixed(x);
            foreach (int threads in new[] { 1, 3 })
            {
                using var set = new Threads(threads);
                Compare.SameBits(expected, compiled.Run(x), $"call {call}, {threads} threads");
            }
        }
    }

    [Fact]
    public void Operations_of_other_kinds_cut_a_chain()
    {
        // exp | sum | divide, and the product between two chains.
        Plan plan = PlanOf(x => (x[0].Exp() / x[0].Exp().Sum() + 1, (x[0] + 1).MatMul(x[0] * 2).Relu()), Tensor.Ones([5, 5]));
        Assert.Equal(
            ["GroupKernel", "OperationKernel", "OperationKernel", "GroupKernel"],
            plan.Kernels.Select(kernel => kernel.GetType().Name));
    }

    [Fact]
    public void The_memory_is_less_than_that_of_all_results()
    {
        // Each layer's result ends where the next one begins: two places do for all of them.
        Plan plan = PlanOf(x =>
        {
            Tensor y = x[0];
            for (int i = 0; i < 20; i++)
                y = y.MatMul(x[0]).Softmax();
            return (y, y.Sum());
        }, Tensor.Ones([64, 64]));
        Assert.Equal(2 * 64 * 64 * 4, plan.ArenaBytes);
        Assert.True(plan.ResultBytes >= 40 * 64 * 64 * 4);
    }

    [Fact]
    public void An_elementwise_result_takes_the_place_of_an_operand_that_is_read_for_the_last_time()
    {
        Func<Tensor[], (Tensor, Tensor)> once = x => (x[0].MatMul(x[0]).Exp().Sum(), x[0].Sum());
        Assert.Equal(64 * 64 * 4, PlanOf(once, Tensor.Ones([64, 64])).ArenaBytes);
        // Read again later, or in another order: it must stay.
        Func<Tensor[], (Tensor, Tensor)> again = x => (x[0].MatMul(x[0]).Exp().MatMul(x[0].MatMul(x[0])).Sum(), x[0].Sum());
        Assert.True(PlanOf(again, Tensor.Ones([64, 64])).ArenaBytes >= 2 * 64 * 64 * 4);
        Func<Tensor[], (Tensor, Tensor)> turned = x => ((x[0].MatMul(x[0]) + x[0].MatMul(x[0]).T).Sum(), x[0].Sum());
        Assert.Equal(2 * 64 * 64 * 4, PlanOf(turned, Tensor.Ones([64, 64])).ArenaBytes);
        foreach (Func<Tensor[], (Tensor, Tensor)> function in new[] { once, again, turned })
        {
            CompiledFunction compiled = Compile.Of((Tensor[] x) => function(x).Item1);
            for (int i = 0; i < CompiledProgram.CheckedReplays + 2; i++)
            {
                Tensor[] x = [Tensor.Normal([64, 64], new RandomKey(i))];
                Compare.SameBits(function(x).Item1, compiled.Run(x), $"call {i}");
            }
        }
    }

    [Fact]
    public void An_explanation_says_what_was_fused_and_why_not()
    {
        CompiledFunction compiled = Compile.Of(x => (x.Exp() + 1).MatMul(x).Sum());
        compiled.Run(Tensor.Ones([8, 8]));
        string text = compiled.Explain();
        Assert.Contains("2 fused [8, 8]: %", text, StringComparison.Ordinal);
        Assert.Contains("MatMul (a product has a kernel of its own)", text, StringComparison.Ordinal);
        Assert.Contains("Sum (its elements depend on more than the elements in their place)", text, StringComparison.Ordinal);
        Assert.Contains(" us  ", text, StringComparison.Ordinal);
        Assert.Matches("best of [1-9][0-9,]* runs on made-up arguments", text);
    }

    [Fact]
    public void An_explanation_changes_nothing()
    {
        var norm = new BatchNorm1d(8);
        var dropout = new Dropout(0.5, new RandomKey(3));
        var twinNorm = new BatchNorm1d(8);
        var twinDropout = new Dropout(0.5, new RandomKey(3));
        CompiledFunction explained = Compile.Of(x => dropout.Forward(norm.Forward(x))), other = Compile.Of(x => twinDropout.Forward(twinNorm.Forward(x)));
        for (int call = 0; call < 5; call++)
        {
            Tensor x = Tensor.Normal([600, 8], new RandomKey(10 + call));
            Assert.Equal(other.Run(x).ToArray<float>(), explained.Run(x).ToArray<float>());
            explained.Explain();
        }
        Assert.Equal(twinNorm.NamedBuffers()[0].Value.ToArray<float>(), norm.NamedBuffers()[0].Value.ToArray<float>());
    }

    [Fact]
    public void An_explanation_does_not_run_what_judges_values_or_is_not_its_own()
    {
        int calls = 0;
        Func<Tensor, Tensor> own = CustomFunction.Of((Tensor x) => Tensor.Full(x.Shape, ++calls), (Tensor x, Tensor y, Tensor cotangent) => cotangent);
        CompiledFunction compiled = Compile.Of(own);
        compiled.Run(Tensor.Ones([8, 8]));
        int before = calls;
        Assert.Contains("not measured", compiled.Explain(), StringComparison.Ordinal);
        Assert.Equal(before, calls);
    }

    [Fact]
    public void Neither_a_graph_nor_an_explanation_is_there_before_the_first_call()
    {
        CompiledFunction compiled = Compile.Of(x => x);
        Assert.Throws<CompileException>(() => compiled.Graph);
        Assert.Throws<CompileException>(() => compiled.Explain());
    }

    [Fact]
    public void The_verifier_finds_what_is_wrong_with_a_graph()
    {
        var spec = new TensorSpec([2], DType.Float32);
        GraphNode input = new(0, GraphNodeKind.Input, spec);
        void Fails(string fault, params GraphNode[] nodes) =>
            Assert.Contains(fault, Assert.Throws<CompileException>(() => GraphVerifier.Check(new Graph(nodes, [0], [], [], [], 1), "a test")).Message, StringComparison.Ordinal);
        GraphVerifier.Check(new Graph([input, new(1, GraphNodeKind.Operation, spec, 0) { Op = AbsOp.Default }], [1], [], [], [], 1), "a test");
        Fails("does not come before it", input, new(1, GraphNodeKind.Operation, spec, 1) { Op = AbsOp.Default });
        Fails("is not its place", input, new(2, GraphNodeKind.Operation, spec, 0) { Op = AbsOp.Default });
        Fails("not that of the operation", input, new(1, GraphNodeKind.Operation, new([3], DType.Float32), 0) { Op = AbsOp.Default });
        Fails("lacks a part", input, new(1, GraphNodeKind.Operation, spec, 0));
        Fails("not the first nodes", input, new(1, GraphNodeKind.Input, spec));
        Assert.Contains("does not exist", Assert.Throws<CompileException>(() => GraphVerifier.Check(new Graph([input], [3], [], [], [], 1), "a test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_names_the_node_that_differs()
    {
        Tensor w = [1f, 2f];
        CompiledFunction compiled = Compile.Of(x => (x * w).Exp().Sum());
        compiled.Run([0f, 0f]);
        // A node of the graph whose operation does not do what the kernel made of it does.
        Graph graph = compiled.Graph;
        Plan plan = Planner.Make(graph);
        GraphNode exp = graph.Nodes.Single(node => node.Name == "Exp");
        var other = new Graph([.. graph.Nodes.Select(node => node == exp ? new GraphNode(exp.Id, exp.Kind, exp.Spec, [.. exp.Operands]) { Op = CosOp.Default } : node)], [.. graph.Outputs], [], [], [], 1);
        var mixed = new Plan
        {
            Graph = other,
            Memory = plan.Memory,
            Layout = plan.Layout,
            Kernels = plan.Kernels,
            Inputs = plan.Inputs,
            States = [],
            Results = plan.Results,
            Writes = [],
            ArenaBytes = plan.ArenaBytes,
            ResultBytes = plan.ResultBytes,
            IsInMemory = plan.IsInMemory,
        };
        var difference = Assert.Throws<CompileException>(() => mixed.Run([[1f, 1f]], [Tensor.Zeros([])], mayWriteEarly: true, new PlanCheck(mixed)));
        Assert.StartsWith($"Node %{exp.Id}, Cos with a result of shape [2], differs from eager execution at [0]: 2.71828", difference.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_of_100_000_nodes_is_compiled_and_replayed()
    {
        const int Count = 50_000; // sine and sum each
        static Tensor Chain(Tensor x)
        {
            for (int i = 0; i < Count; i++)
                x = x.Sin() + 0.5;
            return x;
        }
        CompiledFunction compiled = Compile.Of(Chain);
        Tensor x = [0.1f, 0.2f, 0.3f];
        compiled.Run(x);
        Compare.SameBits(Chain(x), compiled.Run(x), "a long chain");
        Assert.True(compiled.Graph.Nodes.Count >= 2 * Count);
    }

    private static Plan PlanOf(Func<Tensor[], (Tensor, Tensor)> function, params Tensor[] inputs)
    {
        (Graph graph, _) = Recorder.Record(x =>
        {
            (Tensor first, Tensor second) = function(x);
            return [first, second];
        }, inputs);
        return Planner.Make(Rewrites.Apply(graph));
    }
}
