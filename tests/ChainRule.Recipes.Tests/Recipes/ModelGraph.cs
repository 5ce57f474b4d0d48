using ChainRule;
using ChainRule.Inspect;
using ChainRule.Nn;

namespace Recipes;

internal sealed class ModelGraph : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        var key = new RandomKey(1);
        var model = new Sequential(new Linear(2, 8, key.Child(0)));
        for (int i = 1; i <= 6; i++)
        {
            model.Add(new Tanh());
            model.Add(new Linear(8, 8, key.Child(i)));
        }
        Tensor x = Tensor.Normal([16, 2], key.Child(9)), y = Tensor.Zeros([16, 8]);

        GraphView graph = GraphView.Of(() => Loss.MeanSquaredError(model.Apply(x), y), gradients: true, module: model, names: [("x", x), ("y", y)]);
        GraphView boxes = graph.Collapse(depth: 1), folded = graph.Fold();
        Console.WriteLine($"{graph.Nodes.Count} nodes; {boxes.Nodes.Count} with modules as boxes; {folded.Nodes.Count} with repetitions folded");

        GraphViewNode repeated = folded.Nodes.Single(node => node.Kind == GraphViewNodeKind.Repeat);
        Console.WriteLine($"{repeated.Operation} × {repeated.Count}");

        GraphViewNode weight = graph.Nodes.Single(node => node.Name == "12.weight");
        Console.WriteLine($"{weight.Name} of {graph.Modules[weight.Module]} has a gradient: {weight.Gradient is not null}");
        #endregion
    }
}
