using ChainRule;
using ChainRule.Nn;
using ChainRule.Optim;

namespace Recipes;

internal sealed class FreezingAndHooks : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        var key = new RandomKey(1);
        var model = new Sequential(new Linear(2, 4, key.Child(0)), new Relu(), new Linear(4, 1, key.Child(1)));
        var optimizer = new Sgd(model.Parameters(), 0.1);
        float before = model.Parameters()[0][0, 0].Item<float>();

        foreach (Tensor parameter in model[0].Parameters())
            parameter.RequiresGrad(false); // frozen: passed over by the optimizer
        model[1].OnForward((module, input, output) =>
        {
            Console.WriteLine($"{module}: {input.Shape} -> {output.Shape}");
            return null; // or another output
        });

        model.Forward(Tensor.Ones([1, 2])).Sum().Backward();
        optimizer.Step();
        Console.WriteLine($"moved: {model[0] is Linear first && first.Weight.Value[0, 0].Item<float>() != before}");
        #endregion
    }
}
