using ChainRule;

namespace Recipes;

internal sealed class LossGraph : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        Tensor x = [2f], w = [3f], b = [1f];
        w.RequiresGrad();
        b.RequiresGrad();
        Tensor loss = (w * x + b).Square().Sum();

        var graph = loss.ToGraph(gradients: true, names: [("x", x), ("w", w), ("b", b)]);
        Console.WriteLine(graph); // or graph.Save("graph.svg"), or .html, .dot, .mmd, .json, .txt
        #endregion
    }
}
