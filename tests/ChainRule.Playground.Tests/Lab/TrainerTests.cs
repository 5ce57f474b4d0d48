using ChainRule.Nn;
using ChainRule.Optim;
using ChainRule.Playground.Lab;

namespace ChainRule.Playground.Tests.Lab;

public sealed class TrainerTests
{
    private static Trainer Make(Settings settings) => new(settings, PointSet.Of(settings), settings.Optimizer, settings.Rate);

    private static float[] Values(Trainer trainer) => [.. trainer.Parameters.SelectMany(parameter => parameter.ToArray<float>())];

    [Fact]
    public void A_step_is_that_of_an_eager_loop()
    {
        var settings = new Settings { BatchSize = 200, TrainShare = 100 };
        using Trainer trainer = Make(settings);
        using Trainer other = Make(settings);
        var adam = new Adam(other.Parameters, settings.Rate);
        for (int i = 0; i < 5; i++)
        {
            trainer.Step();
            (Tensor x, Tensor y) = other.Batch();
            adam.ZeroGrad();
            Loss.CrossEntropy(other.Model.Apply(x), y).Backward();
            adam.Step();
        }
        Assert.Equal(Values(other), Values(trainer));
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Nesterov)]
    [InlineData(OptimizerKind.Adam)]
    public void However_it_is_run_a_long_run_has_the_bits_of_an_eager_loop(OptimizerKind kind)
    {
        const int steps = FasterStep.Trial + 40;
        var settings = new Settings { Optimizer = kind, Rate = 0.02, Hidden = [6, 5] };
        using Trainer trainer = Make(settings);
        using Trainer other = Make(settings);
        CompiledStep compiled = Compile.Step(other.Optimizer, (Tensor x, Tensor y) => Network.Loss(other.LossKind, other.Model.Apply(x), y));
        using Trainer third = Make(settings);
        LossHash hash = LossHash.Start;
        for (int i = 0; i < steps; i++)
        {
            // The batches of a trainer belong to its place, so the one that is stepped gives them to the others.
            (Tensor x, Tensor y) = trainer.Batch();
            hash = hash.With(compiled.Run(x, y));
            third.Optimizer.ZeroGrad();
            Network.Loss(third.LossKind, third.Model.Apply(x), y).Backward();
            third.Optimizer.Step();
            trainer.Step();
            Assert.Equal(hash, trainer.Hash);
        }
        Assert.Equal(Values(other), Values(trainer));
        Assert.Equal(Values(third), Values(trainer));
    }

    [Fact]
    public void Which_way_is_faster_is_decided_after_the_trial()
    {
        using Trainer trainer = Make(Settings.Xor);
        var step = new FasterStep(trainer.Optimizer, (x, y) => Network.Loss(trainer.LossKind, trainer.Model.Apply(x), y));
        (Tensor x, Tensor y) = trainer.Batch();
        for (int i = 0; i < FasterStep.Trial; i++)
        {
            Assert.Null(step.IsCompiled);
            step.Run(x, y);
        }
        Assert.NotNull(step.IsCompiled);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 1)]
    [InlineData(OptimizerKind.Momentum, 63)]
    [InlineData(OptimizerKind.Adam, 64)]
    [InlineData(OptimizerKind.RmsProp, 100)]
    public void Back_has_the_bits_of_the_way_there(OptimizerKind kind, int target)
    {
        var settings = new Settings { Optimizer = kind, Rate = 0.01 };
        using Trainer trainer = Make(settings);
        for (int i = 0; i < target; i++)
            trainer.Step();
        float[] values = Values(trainer);
        LossHash hash = trainer.Hash;
        for (int i = 0; i < 80; i++)
            trainer.Step();
        Assert.NotEqual(values, Values(trainer));
        Assert.True(trainer.BackTo(target));
        Assert.Equal(values, Values(trainer));
        Assert.Equal(hash, trainer.Hash);
        Assert.Equal(target, trainer.Steps);
    }

    [Fact]
    public void Back_goes_through_what_was_edited()
    {
        using Trainer trainer = Make(Settings.Xor);
        trainer.Edit(0, 1, 2.5f);
        for (int i = 0; i < 70; i++)
            trainer.Step();
        trainer.Edit(1, 0, -1);
        trainer.Step();
        float[] values = Values(trainer);
        trainer.Step();
        Assert.True(trainer.BackTo(71));
        Assert.Equal(values, Values(trainer));
        Assert.True(trainer.BackTo(0));
        Assert.Equal(2.5f, trainer.Parameters[0].ToArray<float>()[1]);
        Assert.False(trainer.BackTo(-1));
    }

    [Fact]
    public void A_number_set_forth_and_back_is_so_after_going_back()
    {
        using Trainer trainer = Make(Settings.Xor);
        foreach (float value in new[] { 1f, 2, 1 })
            trainer.Edit(0, 3, value);
        trainer.Step();
        Assert.True(trainer.BackTo(0));
        Assert.Equal(1f, trainer.Parameters[0].ToArray<float>()[3]);
    }

    [Theory]
    [InlineData(LossKind.CrossEntropy, 3)]
    [InlineData(LossKind.CrossEntropy, 2)]
    [InlineData(LossKind.Binary, 2)]
    [InlineData(LossKind.Squared, 2)]
    [InlineData(LossKind.Squared, 3)]
    public void Guessing_has_the_loss_of_the_best_constant(LossKind kind, int classes)
    {
        long[] labels = [.. Enumerable.Range(0, 6 * classes).Select(i => (long)i % classes)];
        int outputs = Network.Outputs(kind, classes);
        // The mean of the targets is best for squared error; equal scores are an even chance.
        float constant = kind == LossKind.Squared && outputs > 1 ? 1f / classes : 0;
        Tensor guess = Tensor.From(Enumerable.Repeat(constant, labels.Length * outputs).ToArray(), [labels.Length, outputs]);
        Assert.Equal(Network.Loss(kind, guess, Network.Targets(kind, classes, labels)).Item<float>(), Network.LossOfGuessing(kind, classes), 1e-6);
    }

    [Fact]
    public void Each_epoch_sees_every_point_once()
    {
        var settings = new Settings { Count = 50, TrainShare = 100, BatchSize = 8 };
        using Trainer trainer = Make(settings);
        var seen = new List<(float, float)>();
        for (int i = 0; i < trainer.StepsPerEpoch; i++)
        {
            float[] batch = trainer.Batch().Inputs.ToArray<float>();
            seen.AddRange(batch.Chunk(2).Select(pair => (pair[0], pair[1])));
            trainer.Step();
        }
        Assert.Equal(trainer.Points.All.Select(point => (point.X, point.Y)).Order(), seen.Order());
    }

    [Fact]
    public void The_coming_gradients_are_those_of_the_step()
    {
        using Trainer trainer = Make(new Settings());
        float[][] coming = trainer.ComingGradients();
        trainer.Step();
        Assert.Equal(coming, trainer.Parameters.Select(parameter => parameter.Grad!.ToArray<float>()));
    }

    [Fact]
    public void A_rival_with_the_same_optimizer_has_the_same_losses()
    {
        using var run = new Run(new Settings { Rival = OptimizerKind.Adam, RivalRate = new Settings().Rate });
        for (int i = 0; i < 30; i++)
            run.Step();
        Assert.Equal(run.Trainer.Hash, run.Rival!.Hash);
    }

    [Theory]
    [InlineData(DataKind.Circle)]
    [InlineData(DataKind.Gauss)]
    [InlineData(DataKind.Moons)]
    public void It_learns_what_can_be_learned(DataKind kind)
    {
        using var run = new Run(new Settings { Data = kind, Hidden = [8, 8], Noise = 0.01, Rate = 0.03 });
        for (int i = 0; i < 1500; i++)
            run.Step();
        Assert.True(run.Accuracy().Trained >= 95, $"{run.Accuracy()}");
    }
}
