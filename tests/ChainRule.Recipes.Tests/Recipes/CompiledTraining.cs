using ChainRule;
using ChainRule.Nn;
using ChainRule.Optim;

namespace Recipes;

internal sealed class CompiledTraining : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        Tensor x = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, y = new float[,] { { 0 }, { 1 }, { 1 }, { 0 } };
        var key = new RandomKey(1);
        var model = new Sequential(new Linear(2, 8, key.Child(0)), new Tanh(), new Linear(8, 1, key.Child(1)));
        var optimizer = new Adam(model.Parameters(), 0.05);

        CompiledStep step = Compile.Step(optimizer, (x, y) => Loss.BinaryCrossEntropyWithLogits(model.Forward(x), y));
        double loss = 0;
        for (int i = 0; i < 500; i++)
            loss = step.Run(x, y); // forward, backward and update
        Console.WriteLine(loss < 0.05 ? "learned" : $"loss {loss}");

        model.Eval();
        CompiledFunction predict = Compile.Of(x => model.Forward(x).Sigmoid().Round());
        Console.WriteLine(predict.Run(x).Flatten());
        #endregion
    }
}
