using ChainRule.Inspect;

namespace ChainRule.Inspect.Tests.Steps;

public sealed class ChainRulePathTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory, MemberData(nameof(Seeds))]
    public void The_products_of_the_paths_add_up_to_the_gradient_of_every_node_to_the_last_bit(int seed)
    {
        (Tensor[] leaves, Func<List<Tensor>> run) = RandomGraph.Of(seed);
        List<Tensor> values = [];
        StepRecording recording = StepRecording.Of(() => (values = run())[^1], names: leaves.Select((leaf, i) => ($"p{i}", leaf)));

        // The gradients as an ordinary backward pass leaves them.
        List<Tensor> plain = run();
        foreach (Tensor value in plain.Skip(leaves.Length))
            value.RetainGrad();
        plain[^1].Backward();
        Dictionary<string, double[]> expected = [];
        for (int i = 0; i < leaves.Length; i++)
        {
            if (leaves[i].Grad is { } gradient)
                expected[$"p{i}"] = gradient.ToArray<double>();
        }

        int checkedNodes = 0;
        foreach (GraphViewNode node in recording.Graph.Nodes)
        {
            IReadOnlyList<ChainRulePath> paths = recording.PathsInto(node.Id);
            if (paths.Count == 0) continue;
            Tensor sum = paths[0].Product;
            foreach (ChainRulePath path in paths.Skip(1))
                sum += path.Product;
            StepTensor gradient = recording.TensorOf(node.Id, StepTensorKind.Gradient)!;
            Assert.Equal(recording.StateAt(recording.Count).ToTensor(gradient.Id)!.ToArray<double>(), sum.ToArray<double>());
            if (expected.Remove(node.Name, out double[]? left))
                Assert.Equal(left, sum.ToArray<double>());
            checkedNodes++;
        }
        Assert.Empty(expected);
        Assert.True(checkedNodes >= 12);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Upstream_times_Jacobian_is_the_product(int seed)
    {
        (Tensor[] _, Func<List<Tensor>> run) = RandomGraph.Of(seed);
        StepRecording recording = StepRecording.Of(() => run()[^1]);
        foreach (ChainRulePath path in recording.Graph.Nodes.SelectMany(node => recording.PathsInto(node.Id)))
        {
            double[] upstream = path.Upstream!.ToArray<double>(), product = path.Product.ToArray<double>(), jacobian = path.Jacobian!.ToArray<double>();
            for (int column = 0; column < product.Length; column++)
            {
                double sum = 0, size = 1;
                for (int row = 0; row < upstream.Length; row++)
                {
                    sum += upstream[row] * jacobian[row * product.Length + column];
                    size += Math.Abs(upstream[row] * jacobian[row * product.Length + column]);
                }
                Assert.Equal(product[column], sum, 1e-13 * size);
            }
        }
    }

    [Fact]
    public void The_chain_rule_of_a_square_is_written_out_in_words()
    {
        Tensor w = Tensor.From([3.0]).RequiresGrad(), x = Tensor.From([2.0]), b = Tensor.From([1.0]).RequiresGrad();
        StepRecording recording = StepRecording.Of(() => (w * x + b).Square().Sum(), names: [("w", w), ("x", x), ("b", b)]);
        string[] texts = [.. recording.Events.Select(happened => happened.Text)];

        // (3·2 + 1)² = 49, and its derivative by w is 2·7·2 = 28.
        Assert.Contains("v1 = w · x: [6]", texts);
        Assert.Contains("v3 = square(v2): [49]", texts);
        Assert.Contains("∂L/∂w = ∂L/∂v1 · x = [14] · [2] = [28]", texts);
    }

    [Fact]
    public void A_value_that_is_used_twice_gets_two_contributions_and_their_sum()
    {
        Tensor x = Tensor.From([5.0]).RequiresGrad();
        StepRecording recording = StepRecording.Of(() => (x * x + x * 3).Sum(), names: [("x", x)]);
        int node = recording.Graph.Nodes.Single(one => one.Name == "x").Id;

        IReadOnlyList<ChainRulePath> paths = recording.PathsInto(node);
        Assert.Equal(3, paths.Count);
        Assert.Equal([StepEventKind.Backward, StepEventKind.Accumulate, StepEventKind.Accumulate], paths.Select(path => path.Event.Kind));
        Assert.Equal(13, paths[^1].RunningSum.ToArray<double>()[0]);
        Assert.Null(x.Grad);
    }
}
