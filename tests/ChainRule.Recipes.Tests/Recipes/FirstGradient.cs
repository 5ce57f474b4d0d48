using ChainRule;

namespace Recipes;

internal sealed class FirstGradient : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        Tensor x = [2f], w = [3f], b = [1f];
        w.RequiresGrad();
        b.RequiresGrad();

        Tensor loss = (w * x + b).Square().Sum();
        loss.Backward();
        Console.WriteLine($"loss {loss}, dL/dw {w.Grad}, dL/db {b.Grad}");

        Func<Tensor, Tensor> f = v => (2 * v + 1).Pow(3);
        Func<Tensor, Tensor> slope = Differentiate.Grad(f), curvature = Differentiate.Grad(slope);
        Console.WriteLine($"f(2) = {f(x)}, f'(2) = {slope(x)}, f''(2) = {curvature(x)}");
        #endregion
    }
}
