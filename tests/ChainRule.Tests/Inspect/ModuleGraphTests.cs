using ChainRule.Inspect;
using ChainRule.Nn;

namespace ChainRule.Tests.Inspect;

/// <summary>Calls of modules: operations stand in the module that ran them.</summary>
public sealed class ModuleGraphTests
{
    private static readonly RandomKey Key = new(1);

    [Fact]
    public void Operations_and_parameters_stand_in_their_modules()
    {
        GraphView view = GraphView.Of(new Sequential(new Linear(2, 3, Key), new Tanh(), new Linear(3, 1, Key)), Tensor.Ones([4, 2]));
        Assert.Equal(["", "0", "0", "0", "1", "2", "2", "2"], view.Nodes.Select(node => node.Module));
        Assert.Equal(["input", "0.weight", "0.bias", "v1", "v2", "2.weight", "2.bias", "v3"], view.Nodes.Select(node => node.Name));
        Assert.Equal("Linear(2, 3)", view.Modules["0"]);
        Assert.Equal(GraphViewNodeKind.Input, view.Nodes[0].Kind);
    }

    [Fact]
    public void Collapsed_modules_keep_their_results_and_count_their_parts()
    {
        GraphView view = GraphView.Of(new Sequential(new Linear(2, 3, Key), new Tanh(), new Linear(3, 1, Key)), Tensor.Ones([4, 2]));
        GraphView collapsed = view.Collapse();
        Assert.Equal(["input", "Linear(2, 3)", "Tanh", "Linear(3, 1)"], collapsed.Nodes.Select(node => node.Title).Select(title => title.Split(" ×")[0]));
        Assert.Equal("1 operation, 9 parameters", collapsed.Nodes[1].Formula);
        Assert.Equal([(0, 1), (1, 2), (2, 3)], collapsed.Edges.Select(edge => (edge.From, edge.To)));
        Assert.Equal(view.Nodes[^1].Value!.Text, collapsed.Nodes[^1].Value!.Text);
        Assert.True(collapsed.Nodes[^1].IsResult);
    }

    [Fact]
    public void A_module_that_is_called_by_Forward_alone_is_found_by_its_parameters()
    {
        var layer = new TransformerEncoderLayer(8, 2, 16, key: Key);
        var encoder = new TransformerEncoder([layer, new TransformerEncoderLayer(8, 2, 16, key: Key.Child(1))]);
        encoder.Eval();
        GraphView view = GraphView.Of(encoder, Tensor.Normal([1, 3, 8], Key));
        GraphView collapsed = view.Collapse(2);
        Assert.Equal(2, collapsed.Nodes.Count(node => node.Kind == GraphViewNodeKind.Module));
        Assert.Equal(view.Nodes.Sum(node => node.OperationCount), collapsed.Nodes.Sum(node => node.OperationCount));
    }

    [Fact]
    public void A_module_that_is_applied_twice_becomes_two_boxes_and_no_circle()
    {
        var twice = new Twice(new Linear(2, 2, Key));
        GraphView view = GraphView.Of(twice, Tensor.Ones([1, 2])).Collapse();
        Assert.Equal(["input", "parameter", "parameter", "Linear(2, 2)", "Exp", "Linear(2, 2)"], view.Nodes.Select(node => node.Operation));
        Assert.All(view.Edges, edge => Assert.True(edge.From < edge.To));
    }

    [Fact]
    public void Names_of_parameters_group_a_history()
    {
        var model = new Sequential(new Linear(2, 3, Key), new Tanh(), new Linear(3, 1, Key));
        GraphView view = model.Forward(Tensor.Ones([4, 2])).Sum().ToGraph(gradients: true, names: model.NamedParameters());
        Assert.Equal(["0", "", "2", ""], view.Nodes.Where(node => node.Kind == GraphViewNodeKind.Operation).Select(node => node.Module));
        Assert.All(view.Nodes.Where(node => node.Kind == GraphViewNodeKind.Parameter), node => Assert.NotNull(node.Gradient));
    }

    [Fact]
    public void A_loss_around_a_model_has_gradients_and_modules()
    {
        var model = new Sequential(new Linear(2, 1, Key));
        Tensor x = Tensor.Ones([4, 2]), y = Tensor.Zeros([4, 1]);
        GraphView view = GraphView.Of(() => Loss.MeanSquaredError(model.Apply(x), y), gradients: true, module: model, names: [("x", x), ("y", y)]);
        Loss.MeanSquaredError(model.Forward(x), y).Backward();
        GraphViewNode weight = view.Nodes.Single(node => node.Name == "0.weight");
        Assert.Equal(model.Parameters()[0].Grad!.ToArray<double>(), weight.Gradient!.Elements!);
        Assert.Equal("0", weight.Module);
        Assert.Equal("", view.Nodes.Single(node => node.Name == "x").Module);
    }

    [Fact]
    public void Modules_that_no_model_keeps_are_named_by_their_types()
    {
        Tensor x = Tensor.Ones([1, 2]);
        var linear = new Linear(2, 2, Key);
        GraphView view = GraphView.Of(() => new Tanh().Apply(linear.Apply(x)));
        Assert.Equal(["Linear", "Tanh"], view.Nodes.Where(node => node.Kind == GraphViewNodeKind.Operation).Select(node => node.Module));
    }

    [Fact]
    public void Equal_layers_in_a_row_are_folded()
    {
        var layers = new Sequential();
        for (int i = 0; i < 12; i++)
        {
            layers.Add(new Linear(4, 4, Key.Child(i)));
            layers.Add(new Tanh());
        }
        GraphView view = GraphView.Of(layers, Tensor.Ones([1, 4]));
        foreach (GraphView folded in new[] { view.Fold(), view.Collapse().Fold() })
        {
            Assert.Equal(2, folded.Nodes.Count);
            Assert.Equal(12, folded.Nodes[1].Count);
            Assert.EndsWith("→ Tanh × 12", folded.Nodes[1].Title, StringComparison.Ordinal);
            Assert.Equal(24, folded.Nodes[1].OperationCount);
            Assert.Equal((0, 1), (Assert.Single(folded.Edges).From, folded.Edges[0].To));
        }
    }

    [Fact]
    public void Layers_of_other_shapes_or_parameters_are_not_folded_with_the_rest()
    {
        Tensor x = Tensor.From([1.0, 2.0]);
        GraphView view = GraphView.Of(() => x.LeakyRelu(0.1).LeakyRelu(0.1).LeakyRelu(0.1).LeakyRelu(0.2).LeakyRelu(0.1));
        Assert.Equal([1, 3, 1, 1], view.Fold().Nodes.Select(node => node.Count));
    }

    [Fact]
    public void What_skips_a_block_is_not_folded_into_a_row_of_blocks()
    {
        Tensor x = Tensor.From([1.0, 2.0]);
        // Each reads the one before, but the fourth reads x again.
        GraphView view = GraphView.Of(() => { Tensor y = x.Exp().Exp().Exp(); return y + x.Exp().Exp().Exp(); });
        Assert.Equal([1, 3, 3, 1], view.Fold().Nodes.Select(node => node.Count));
    }

    [Fact]
    public void Folding_keeps_what_others_read()
    {
        Tensor x = Tensor.Ones([2]).RequiresGrad();
        Tensor y = x;
        for (int i = 0; i < 5; i++)
            y = y * x;
        // The first is x · x, the others v · x.
        GraphView folded = y.Sum().ToGraph().Fold();
        Assert.Equal([1, 1, 4, 1], folded.Nodes.Select(node => node.Count));
        Assert.Equal([(0, 1), (0, 2), (1, 2), (2, 3)], folded.Edges.Select(edge => (edge.From, edge.To)).Distinct().Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Depths_and_counts_are_checked(int value)
    {
        GraphView view = GraphView.Of(() => Tensor.Ones([1]) * 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => view.Collapse(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.Fold(value + 1));
    }

    private sealed class Twice(Linear inner) : Module
    {
        public Linear Inner { get; } = inner;

        public override Tensor Forward(Tensor x) => Inner.Apply(Inner.Apply(x).Exp());
    }
}
