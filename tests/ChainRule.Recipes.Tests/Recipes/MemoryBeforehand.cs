using ChainRule;
using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace Recipes;

internal sealed class MemoryBeforehand : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        var key = new RandomKey(1);
        var model = new Sequential(
            new Conv2d(1, 32, 3, padding: 1, key: key.Child(0)), new Relu(), new MaxPool2d(2),
            new Flatten(), new Linear(32 * 14 * 14, 128, key: key.Child(1)), new Relu(), new Linear(128, 10, key: key.Child(2)));

        MemoryPlan plan = model.PlanMemory([256, 1, 28, 28], new Adam(model.Parameters()));
        MemoryRow most = plan.Rows.MaxBy(row => row.Kept)!;
        Console.WriteLine($"{most.Layer} keeps most: {most.Kept / plan.BatchBytes} times the batch");
        #endregion
    }
}
