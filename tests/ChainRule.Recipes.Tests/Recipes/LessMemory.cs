using ChainRule;
using ChainRule.Nn;

namespace Recipes;

internal sealed class LessMemory : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        var key = new RandomKey(1);
        var block = new Sequential(new Linear(8, 64, key.Child(0)), new Relu(), new Dropout(0.1, key.Child(1)), new Linear(64, 8, key.Child(2)));

        Tensor x = Tensor.Normal([32, 8], key.Child(3));
        x.RequiresGrad();
        Tensor y = Checkpoint.Run(block.Forward, x);
        y.Square().Mean().Backward();
        Console.WriteLine($"{block.Parameters().Count(parameter => parameter.Grad is not null)} of 4 parameters have a gradient");
        #endregion
    }
}
