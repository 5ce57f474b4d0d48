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
    public void Relu_networks_that_have_learned_get_no_alarm()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            using Run run = XorByRelu(seed, 600);
            Assert.Equal(100, run.Accuracy().Trained);
            Assert.Empty(Diagnosis.Of(run));
        }
    }

    [Theory]
    [InlineData(18)]
    [InlineData(23)]
    [InlineData(73)]
    [InlineData(83)]
    public void Relu_networks_that_are_stuck_hear_of_their_dead_units_from_the_library_alone(long seed)
    {
        using Run run = XorByRelu(seed, 600);
        // The least that a network with too small a rank can reach: half or more of the loss of guessing, less rounding.
        Assert.InRange(run.Trainer.LastLoss, 0.346, 0.694);
        Assert.Matches("^(Dead units|Too few on/off patterns) in layer 1, since step ", Assert.Single(Diagnosis.Of(run)).Title);
    }

    [Fact]
    public void What_was_found_is_still_there_after_going_back()
    {
        using Run run = XorByRelu(18, 600);
        using Run straight = XorByRelu(18, 640);
        Finding[] found = [.. Diagnosis.Of(run)];
        for (int i = 0; i < 3; i++)
            Assert.True(run.Back());
        Assert.Equal(found, Diagnosis.Of(run));
        for (int i = 0; i < 43; i++)
            run.Step();
        // The steps that were made twice were counted once.
        Assert.Equal(straight.Watcher.Findings, run.Watcher.Findings);
    }

    [Fact]
    public void What_was_found_later_is_not_there_after_going_back()
    {
        using Run run = XorByRelu(83, 160);
        long since = run.Watcher.Findings.Min(finding => finding.SinceStep);
        while (run.Trainer.Steps > since)
            Assert.True(run.Back());
        Assert.Empty(run.Watcher.Findings);
        run.Step();
        Assert.NotEmpty(run.Watcher.Findings);
    }

    [Fact]
    public void Another_way_from_there_keeps_the_steps_of_what_was_found()
    {
        using Run run = XorByRelu(18, 600);
        long since = Assert.Single(run.Watcher.Findings).SinceStep;
        for (int i = 0; i < 3; i++)
            run.Back();
        run.Trainer.Edit(1, 0, run.Trainer.Parameters[1].ToArray<float>()[0] - 0.01f);
        for (int i = 0; i < 60; i++)
            run.Step();
        Assert.Equal(since, Assert.Single(run.Watcher.Findings).SinceStep);
    }

    [Fact]
    public void A_number_set_right_after_going_back_ends_the_alarm()
    {
        using var run = new Run(Settings.Xor);
        for (int i = 0; i < 10; i++)
            run.Step();
        run.Trainer.Edit(0, 0, float.NaN);
        run.Step();
        Assert.NotEmpty(Diagnosis.Of(run));
        run.Back();
        run.Trainer.Edit(0, 0, 0.5f);
        run.Step();
        Assert.Empty(Diagnosis.Of(run));
        // It is watched on: the next one is found, and where.
        run.Trainer.Edit(0, 0, float.NaN);
        run.Step();
        Assert.Contains("since step 12", Diagnosis.Of(run)[0].Title, StringComparison.Ordinal);
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

    private static Run XorByRelu(long seed, int steps)
    {
        var run = new Run(Settings.Xor with { Activation = ActivationKind.Relu, Seed = seed });
        for (int i = 0; i < steps; i++)
            run.Step();
        return run;
    }
}
