using ChainRule.Playground.Lab;

namespace ChainRule.Playground.Tests.Lab;

public sealed class DiagnosisTests
{
    [Fact]
    public void A_dead_relu_is_named()
    {
        using var run = new Run(Settings.Xor with { Activation = ActivationKind.Relu });
        // Unit 3 gets no input and a bias below 0.
        run.Trainer.Edit(0, 4, 0);
        run.Trainer.Edit(0, 5, 0);
        run.Trainer.Edit(1, 2, -1);
        for (int unit = 0; unit < 4; unit++)
        {
            if (unit != 2)
                run.Trainer.Edit(1, unit, 2);
        }
        run.Step();
        Finding finding = Assert.Single(Diagnosis.Of(run));
        Assert.Contains("1 of 4 units (3)", finding.Title, StringComparison.Ordinal);
        Assert.Contains("dead", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_no_numbers_come_first()
    {
        using var run = new Run(Settings.Xor);
        run.Trainer.Edit(0, 0, float.NaN);
        run.Step();
        Assert.StartsWith("Not a number", Diagnosis.Of(run)[0].Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_begins_well_gets_no_alarm()
    {
        using var run = new Run(new Settings());
        for (int i = 0; i < 60; i++)
            run.Step();
        Assert.Empty(Diagnosis.Of(run));
    }

    [Fact]
    public void Eight_sigmoid_layers_vanish()
    {
        using var run = new Run(new Settings { Hidden = [4, 4, 4, 4, 4, 4, 4, 4], Activation = ActivationKind.Sigmoid });
        // The doctor looks at steps 1 to 4, 26 and 51, and speaks when two looks agree.
        for (int i = 0; i < 30; i++)
            run.Step();
        Assert.Contains(Diagnosis.Of(run), finding => finding.Title.StartsWith("Vanishing gradients in layer", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rate_that_is_much_too_high_is_named()
    {
        using var run = new Run(new Settings { Optimizer = OptimizerKind.Sgd, Rate = 300, Activation = ActivationKind.Relu });
        for (int i = 0; i < 60; i++)
            run.Step();
        Assert.Contains(Diagnosis.Of(run), finding => finding.Title.StartsWith("Learning rate too high", StringComparison.Ordinal));
    }

    [Fact]
    public void The_doctor_changes_nothing_in_the_run()
    {
        using var run = new Run(Settings.Xor);
        using var alone = new Trainer(Settings.Xor, PointSet.Of(Settings.Xor), OptimizerKind.Sgd, 0.5);
        for (int i = 0; i < 60; i++)
        {
            run.Step();
            alone.Step();
        }
        Assert.Equal(alone.Hash, run.Trainer.Hash);
    }
}
