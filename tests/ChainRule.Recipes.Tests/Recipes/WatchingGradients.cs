using ChainRule;
using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace Recipes;

internal sealed class WatchingGradients : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        Tensor x = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, y = new float[,] { { 0 }, { 1 }, { 1 }, { 0 } };
        var first = new Linear(2, 4, new RandomKey(1));
        var model = new Sequential(first, new Relu(), new Linear(4, 1, new RandomKey(2)));
        using (new NoGrad())
            first.Bias!.Value.Fill(-3); // a start from which no unit is ever on

        var optimizer = new Sgd(model.Parameters(), 0.5);
        using var doctor = new GradientDoctor(model, new GradientDoctorOptions { Budget = 1 });
        for (int step = 0; step < 200; step++)
        {
            Tensor outputs = model.Apply(x);
            Tensor loss = Loss.BinaryCrossEntropyWithLogits(outputs, y);
            optimizer.ZeroGrad();
            loss.Backward();
            doctor.Watch(loss, x, outputs, y);
            optimizer.Step();
        }
        Console.WriteLine(doctor.Findings[0]);
        Console.WriteLine(doctor.Findings[0].Cure);
        #endregion
    }
}
