using ChainRule;

namespace Recipes;

internal sealed class StopGradient : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        Func<Tensor, Tensor> both = x => (x * x).Sum(), one = x => (x.Detach() * x).Sum();
        Tensor at = [3f];
        Console.WriteLine($"x * x: {Differentiate.Grad(both)(at)}, with one x held fixed: {Differentiate.Grad(one)(at)}");
        #endregion
    }
}
