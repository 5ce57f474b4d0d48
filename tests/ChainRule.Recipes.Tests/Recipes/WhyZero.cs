using ChainRule;
using ChainRule.Inspect;

namespace Recipes;

internal sealed class WhyZero : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        Tensor x = [0f, 200f], w = [1f, 1f], v = [-1f, -2f];
        w.RequiresGrad();
        v.RequiresGrad();

        var recording = StepRecording.Of(() => (x * w).Softmax(0).Log().Sum() + v.Relu().Sum(), names: [("x", x), ("w", w), ("v", v)]);
        foreach (Fault fault in WhyNot.Find(recording))
            Console.WriteLine(fault);
        #endregion
    }
}
