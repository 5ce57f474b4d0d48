using ChainRule;
using ChainRule.Inspect;
using ChainRule.Optim;

namespace Recipes;

internal sealed class StepThrough : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        Tensor x = [2f], w = [3f], b = [1f];
        w.RequiresGrad();
        b.RequiresGrad();
        var optimizer = new Sgd([w, b], learningRate: 0.01, momentum: 0.9);

        var recording = StepRecording.Of(() => (w * x + b).Square().Sum(), optimizer, names: [("x", x), ("w", w), ("b", b)]);
        Console.WriteLine(recording); // or recording.Save("step.html")

        StepWalk walk = recording.Walk();
        StepTensor weight = recording.Tensors.Single(tensor => tensor.Name == "w");
        walk.GoTo(recording.Count);
        Console.WriteLine($"after: w = {walk.State[weight.Id]}");
        walk.GoTo(0);
        Console.WriteLine($"before: w = {walk.State[weight.Id]}");
        #endregion
    }
}
