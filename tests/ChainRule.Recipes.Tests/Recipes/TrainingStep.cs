using ChainRule;
using ChainRule.Nn;
using ChainRule.Optim;

namespace Recipes;

internal sealed class TrainingStep : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        var key = new RandomKey(1);
        var model = new Sequential(new Linear(4, 16, key.Child(0)), new Relu(), new Linear(16, 3, key.Child(1)));
        Tensor x = Tensor.Normal([96, 4], key.Child(2)), target = x.Slice(1, 0, 3).ArgMax(1);

        // Biases do not decay.
        var optimizer = new AdamW(model.Parameters().Where(parameter => parameter.Rank > 1), 0.02, weightDecay: 0.01);
        optimizer.AddGroup(model.Parameters().Where(parameter => parameter.Rank == 1), weightDecay: 0);
        LearningRateStepper rates = new ChainedSchedule(new LinearWarmUp(10), new CosineAnnealing(100)).For(optimizer);
        var average = new ExponentialMovingAverage(model.Parameters(), 0.9);

        for (int step = 0; step < 100; step++)
        {
            optimizer.ZeroGrad();
            for (int part = 0; part < 96; part += 32) // three small batches count as one of 96
                (Loss.CrossEntropy(model.Forward(x[part..(part + 32)]), target[part..(part + 32)]) / 3).Backward();
            double norm = GradientClipping.ByNorm(model.Parameters(), 1);
            if (double.IsFinite(norm))
                optimizer.Step();
            rates.Step();
            average.Update();
        }

        average.Apply(); // until Restore(), the model has the averaged weights
        using var noGrad = new NoGrad();
        double accuracy = model.Forward(x).ArgMax(1).EqualTo(target).To(DType.Float64).Mean().Item<double>();
        Console.WriteLine(accuracy > 0.9 ? "learned" : $"only {accuracy:P0}");
        #endregion
    }
}
