using ChainRule.Inspect;
using ChainRule.Nn;

namespace ChainRule.Tests.Inspect;

/// <summary>The pictures of docs/how-to/graphs.md are what the code draws. <c>tools/graph-pictures</c> writes them anew.</summary>
public sealed class GraphPicturesTests
{
    [Fact]
    public void The_picture_of_a_loss_is_current()
    {
        Tensor x = [2f], w = [3f], b = [1f];
        w.RequiresGrad();
        b.RequiresGrad();
        Tensor loss = (w * x + b).Square().Sum();
        Check("graph.svg", loss.ToGraph(gradients: true, names: [("x", x), ("w", w), ("b", b)]));
    }

    [Fact]
    public void The_picture_of_a_folded_network_is_current()
    {
        var key = new RandomKey(1);
        var model = new Sequential(new Linear(2, 8, key.Child(0)));
        for (int i = 1; i <= 6; i++)
        {
            model.Add(new Tanh());
            model.Add(new Linear(8, 8, key.Child(i)));
        }
        Tensor x = Tensor.Normal([16, 2], key.Child(9)), y = Tensor.Zeros([16, 8]);
        Check("graph-folded.svg", GraphView.Of(() => Loss.MeanSquaredError(model.Apply(x), y), gradients: true, module: model, names: [("x", x), ("y", y)]).Fold());
    }

    private static void Check(string name, GraphView view)
    {
        string file = Path.Combine(Shared.SolutionFolder.Path, "docs/images", name);
        if (Environment.GetEnvironmentVariable("CHAINRULE_WRITE_PAGES") == "1")
            view.Save(file);
        Assert.True(view.ToSvg() == File.ReadAllText(file), $"{file} is out of date: run tools/graph-pictures and look at it.");
    }
}
