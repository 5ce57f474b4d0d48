using ChainRule;

namespace Recipes;

internal sealed class StraightThrough : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        // 0 or 1 on the way forward, the identity on the way back.
        Func<Tensor, Tensor> step = CustomFunction.Of(
            x => (x > 0).To(x.DType),
            (x, y, cotangent) => cotangent);

        Tensor x = [-0.5f, 2f];
        x.RequiresGrad();
        Tensor y = step(x) * [3f, 5f];
        y.Sum().Backward();
        Console.WriteLine($"y {y}, dy/dx {x.Grad}");

        // The same without a function: what is detached counts forward only.
        Tensor gate = x + ((x > 0).To(x.DType) - x).Detach();
        Console.WriteLine($"gate {gate}, {Differentiate.Gradients(gate.Sum(), [x])[0]}");
        #endregion
    }
}
