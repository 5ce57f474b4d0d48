using ChainRule;

namespace Recipes;

internal sealed class CompiledGraph : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        CompiledFunction slope = Compile.Of(Differentiate.Grad(x => x.Tanh().Square().Sum()));
        Tensor x = [-1f, 0f, 2f], result = [0f, 0f, 0f];
        slope.RunInto([x], result); // allocates nothing once it is recorded and checked
        Console.WriteLine(result);
        Console.WriteLine(slope.Graph);
        #endregion
    }
}
