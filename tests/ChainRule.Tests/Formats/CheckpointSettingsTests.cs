using ChainRule.Formats;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Tests.Formats;

/// <summary>A checkpoint is taken over only by a training that would go on with the same bits.</summary>
[Collection<Alone>]
public sealed class CheckpointSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Changes => ["every", "factor", "kind", "code", "milestones", "order", "group", "decay", "average"];

    private string File => _folder.File("training.safetensors");

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Changes))]
    public void Other_settings_of_a_schedule_or_an_average_are_refused_by_name_and_the_same_are_taken(string change)
    {
        (LearningRateSchedule, double, Func<Linear, WeightAverage>) before = Settings(change, isChanged: false), after = Settings(change, isChanged: true);
        Linear saved = Small(1);
        Checkpoint(saved, before, steps: 3).Save(File, new(0, 3, 3));

        Linear other = Small(2);
        float[] weights = other.Weight.Value.ToArray<float>();
        StateMismatchException refusal = Assert.Throws<StateMismatchException>(() => Checkpoint(other, after, steps: 0).Load(File));
        string what = change switch { "decay" or "average" => "average", "code" => "rates of the steps done", _ => "schedule" };
        Assert.Contains(refusal.Problems, problem => problem.StartsWith(what + " is ", StringComparison.Ordinal));
        Assert.Equal(weights, other.Weight.Value.ToArray<float>());

        Assert.Equal(3, Checkpoint(other, before, steps: 0).Load(File).Step);
        Assert.Equal(saved.Weight.Value.ToArray<float>(), other.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void Nothing_is_loaded_while_the_average_is_applied()
    {
        Linear model = Small(1);
        var optimizer = new Sgd(model.Parameters(), 0.1);
        var average = new ExponentialMovingAverage(model.Parameters(), 0.5);
        var checkpoint = new TrainingCheckpoint(model, optimizer) { Average = average };
        checkpoint.Save(File, new(0, 0, 0));
        average.Apply();
        Assert.Contains("Restore()", Assert.Throws<InvalidOperationException>(() => checkpoint.Load(File)).Message, StringComparison.Ordinal);
        average.Restore();
        Assert.Equal(0, checkpoint.Load(File).Step);
    }

    [Fact]
    public void An_optimizer_of_another_models_parameters_is_refused()
    {
        Linear model = Small(1), other = Small(2);
        Refused(() => new TrainingCheckpoint(model, new Sgd(other.Parameters(), 0.1)).Save(File, new(0, 0, 0)));
        Refused(() => new TrainingCheckpoint(model, new Lbfgs(other.Parameters())).Save(File, new(0, 0, 0)));
        Assert.False(System.IO.File.Exists(File));
        new TrainingCheckpoint(model, new Sgd([model.Weight.Value], 0.1)).Save(File, new(0, 0, 0)); // a part of the model may be trained
        Refused(() => new TrainingCheckpoint(model, new Sgd([other.Weight.Value], 0.1)).Load(File));

        static void Refused(Action action) =>
            Assert.Contains("parameter 0 of the optimizer, float32[2, 2], is none of the model's", Assert.Throws<InvalidOperationException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_of_the_format_is_refused_by_name()
    {
        Linear model = Small(1);
        var checkpoint = new TrainingCheckpoint(model, new Sgd(model.Parameters(), 0.1));
        checkpoint.Save(File, new(0, 0, 0));
        IReadOnlyDictionary<string, string> notes = Safetensors.Load(File).Metadata;
        Assert.Equal("1", notes["version"]);
        Assert.StartsWith("ChainRule ", notes["engine"], StringComparison.Ordinal);

        CheckpointContents contents = CheckpointContents.Load(File);
        contents.Put("", new OptimizerState(new Dictionary<string, string> { ["version"] = "2" }, new Dictionary<string, Tensor>()));
        contents.Save(File);
        string message = Assert.Throws<FileFormatException>(() => checkpoint.Load(File)).Message;
        Assert.Contains($"format version 2, written by {notes["engine"]}, but this engine reads version 1", message, StringComparison.Ordinal);
    }

    private static Linear Small(long seed) => new(2, 2, new RandomKey(seed));

    private static TrainingCheckpoint Checkpoint(Linear model, (LearningRateSchedule Schedule, double OwnRate, Func<Linear, WeightAverage> Average) settings, int steps)
    {
        var optimizer = new Sgd([model.Weight.Value], 0.1);
        optimizer.AddGroup([model.Bias!.Value], learningRate: settings.OwnRate);
        LearningRateStepper rates = settings.Schedule.For(optimizer);
        rates.StepCount = steps;
        return new(model, optimizer) { Average = settings.Average(model) };
    }

    private static (LearningRateSchedule Schedule, double OwnRate, Func<Linear, WeightAverage> Average) Settings(string change, bool isChanged)
    {
        LearningRateSchedule schedule = change switch
        {
            "every" => new StepDecay(isChanged ? 3 : 2, 0.5),
            "factor" => new StepDecay(20, isChanged ? 0.1 : 0.5), // the same rates up to now
            "kind" => isChanged ? new ExponentialDecay(1) : new StepDecay(20, 1),
            "code" => new LambdaSchedule(isChanged ? static step => 1.0 / (1 + step) : static step => 1.0 / (2 + step)),
            "milestones" => new SequentialSchedule([new StepDecay(9), new StepDecay(9)], [isChanged ? 30 : 20]),
            "order" => new ChainedSchedule(isChanged ? [new StepDecay(30), new StepDecay(20)] : [new StepDecay(20), new StepDecay(30)]),
            _ => new StepDecay(2),
        };
        Func<Linear, WeightAverage> average = (change, isChanged) switch
        {
            ("average", true) => model => new StochasticWeightAverage(model.Parameters()),
            ("decay", true) => model => new ExponentialMovingAverage(model.Parameters(), 0.5),
            _ => model => new ExponentialMovingAverage(model.Parameters(), 0.9),
        };
        return (schedule, change == "group" && isChanged ? 0.3 : 0.2, average);
    }
}
