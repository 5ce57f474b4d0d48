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
        Finding finding = Assert.Single(Diagnosis.Of(run.Trainer, run.Flow));
        Assert.Contains("1 of 4 units (3)", finding.Title, StringComparison.Ordinal);
        Assert.Contains("dead", finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_no_numbers_come_first()
    {
        using var run = new Run(Settings.Xor);
        run.Trainer.Edit(0, 0, float.NaN);
        Assert.Contains("not numbers", Diagnosis.Of(run.Trainer, run.Flow)[0].Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_begins_well_gets_no_alarm()
    {
        using var run = new Run(new Settings());
        run.Step();
        Assert.Empty(Diagnosis.Of(run.Trainer, run.Flow));
    }

    [Fact]
    public void Eight_sigmoid_layers_vanish()
    {
        using var run = new Run(new Settings { Hidden = [4, 4, 4, 4, 4, 4, 4, 4], Activation = ActivationKind.Sigmoid });
        run.Step();
        Assert.Contains(Diagnosis.Of(run.Trainer, run.Flow), finding => finding.Title.Contains("vanishes", StringComparison.Ordinal));
    }
}
