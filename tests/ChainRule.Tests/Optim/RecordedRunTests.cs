using System.Text.Json;
using ChainRule.Optim;
using ChainRule.Tests.Optim.Trajectories;

namespace ChainRule.Tests.Optim;

/// <summary>Fifty steps of every optimizer against PyTorch, or against NumPy by the formulas of the paper.</summary>
public sealed class RecordedRunTests
{
    private static readonly Dictionary<string, Func<Tensor[], Optimizer>> Optimizers = new()
    {
        ["sgd"] = p => new Sgd(p, 0.05, weightDecay: 0.1),
        ["momentum"] = p => new Sgd(p, 0.02, momentum: 0.9, weightDecay: 0.1),
        ["nesterov"] = p => new Sgd(p, 0.02, momentum: 0.9, nesterov: true),
        ["dampened"] = p => new Sgd(p, 0.02, momentum: 0.9, weightDecay: 0.1, dampening: 0.4),
        ["climbing"] = p => new Sgd(p, 2e-4, momentum: 0.5, weightDecay: 0.1, maximize: true),
        ["asgd"] = p => new Asgd(p, 0.05, 1e-2, 0.6, 10, 0.1),
        ["adam"] = p => new Adam(p, 0.05, 0.8, 0.95, 1e-6, 0.1),
        ["amsgrad"] = p => new Adam(p, 0.05, 0.8, 0.95, amsgrad: true),
        ["adamw"] = p => new AdamW(p, 0.05, weightDecay: 0.2),
        ["adamw-amsgrad"] = p => new AdamW(p, 0.05, weightDecay: 0.2, amsgrad: true),
        ["nadam"] = p => new NAdam(p, 0.02, weightDecay: 0.1),
        ["radam"] = p => new RAdam(p, 0.02, weightDecay: 0.1),
        ["adamax"] = p => new Adamax(p, 0.02, weightDecay: 0.1),
        ["adagrad"] = p => new Adagrad(p, 0.1, 0.01, 0.1, 0.2),
        ["adadelta"] = p => new Adadelta(p, 1.5, 0.8, weightDecay: 0.1),
        ["rmsprop"] = p => new RmsProp(p, 0.02, weightDecay: 0.1),
        ["rmsprop-momentum"] = p => new RmsProp(p, 0.01, 0.9, momentum: 0.8),
        ["rmsprop-centred"] = p => new RmsProp(p, 0.01, 0.9, centred: true),
        ["rmsprop-all"] = p => new RmsProp(p, 0.01, 0.9, weightDecay: 0.1, momentum: 0.8, centred: true),
        ["rprop"] = p => new Rprop(p, 0.03),
        ["lion"] = p => new Lion(p, 0.01, weightDecay: 0.1),
        ["lamb"] = p => new Lamb(p, 0.02, weightDecay: 0.1),
        ["muon"] = p => new Muon(p, 0.005, weightDecay: 0.1, adamRateFactor: 0.2),
    };

    private static readonly Dictionary<string, LearningRateSchedule> Schedules = new()
    {
        ["step"] = new StepDecay(7, 0.5),
        ["multi-step"] = new MultiStepDecay([3, 11, 11, 30], 0.5),
        ["exponential"] = new ExponentialDecay(0.9),
        ["cosine"] = new CosineAnnealing(40, 0.05),
        ["restarts"] = new CosineWarmRestarts(10, least: 0.05),
        ["growing-restarts"] = new CosineWarmRestarts(5, 2),
        ["one-cycle"] = new OneCycle(40),
        ["polynomial"] = new PolynomialDecay(25, 2),
        ["warm-up"] = new LinearWarmUp(8, 0.25),
        ["lambda"] = new LambdaSchedule(done => 1.0 / (1 + done)),
        ["chained"] = new ChainedSchedule(new LinearWarmUp(8, 0.25), new ExponentialDecay(0.9)),
        ["sequential"] = new SequentialSchedule([new LinearWarmUp(8, 0.25), new ExponentialDecay(0.9)], [8]),
    };

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    public static TheoryData<string> ScheduleNames => [.. Schedules.Keys];

    [Fact]
    public void Every_recorded_run_is_compared()
    {
        Assert.Equal(Names("optimizers"), Optimizers.Keys.Order());
        Assert.Equal(Names("schedules"), Schedules.Keys.Order());
    }

    [Theory, MemberData(nameof(OptimizerNames))]
    public void Fifty_steps_are_those_of_the_reference(string name) =>
        Assert.InRange(Trajectory.Difference(name, Optimizers[name]), 0, 1e-10);

    [Fact]
    public void A_wrong_setting_is_noticed() =>
        Assert.True(Trajectory.Difference("adam", p => new Adam(p, 0.05, 0.8, 0.95, 1e-6, 0.1001)) > 1e-6);

    [Theory, MemberData(nameof(ScheduleNames))]
    public void Rates_are_those_of_the_reference(string name)
    {
        var optimizer = new Sgd(Trajectory.Start(), 0.8);
        LearningRateStepper rates = Schedules[name].For(optimizer);
        double[] expected = Trajectory.Numbers(Trajectory.Recorded.GetProperty("schedules").GetProperty(name));
        foreach ((double rate, int step) in expected.Select((rate, step) => (rate, step)))
        {
            Assert.True(Math.Abs(rate - optimizer.LearningRate) <= 1e-13, $"step {step}: {optimizer.LearningRate:R}, not {rate:R}");
            rates.Step();
        }
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("cooldown")]
    [InlineData("accuracy")]
    public void A_plateau_lowers_the_rate_where_the_reference_does(string name)
    {
        double[] figures = Trajectory.Numbers(Trajectory.Recorded.GetProperty("figures"));
        double[] expected = Trajectory.Numbers(Trajectory.Recorded.GetProperty("plateaus").GetProperty(name));
        var optimizer = new Sgd(Trajectory.Start(), 0.8);
        ReduceOnPlateau plateau = name switch
        {
            "loss" => new(optimizer, 0.5, 2),
            "cooldown" => new(optimizer, 0.5, 1, cooldown: 2, least: 0.15),
            _ => new(optimizer, 0.5, 2, 1e-3, isLargerBetter: true),
        };
        double before = optimizer.LearningRate;
        for (int i = 0; i < figures.Length; i++)
        {
            bool isLowered = plateau.Step(name == "accuracy" ? 4 - figures[i] : figures[i]);
            Assert.Equal(expected[i], optimizer.LearningRate, 1e-15);
            Assert.Equal(expected[i] < before, isLowered && optimizer.LearningRate < before);
            before = optimizer.LearningRate;
        }
    }

    [Fact]
    public void Lbfgs_goes_the_way_of_the_reference()
    {
        Tensor p = Tensor.From([-0.8, 0.6, 0.4, -0.3]).RequiresGrad();
        var optimizer = new Lbfgs([p], iterations: 4, history: 3);
        foreach (JsonElement expected in Trajectory.Recorded.GetProperty("lbfgs").EnumerateArray())
        {
            optimizer.Step(() => (2 * (p[1..] - p[..^1].Square()).Square()).Sum() + (1 - p).Square().Sum());
            Assert.InRange(Trajectory.Apart(Trajectory.Numbers(expected), p.ToArray<double>()), 0, 1e-10);
        }
        Assert.InRange(Trajectory.Apart([1, 1, 1, 1], p.ToArray<double>()), 0, 1e-5);
    }

    private static IEnumerable<string> Names(string part) =>
        Trajectory.Recorded.GetProperty(part).EnumerateObject().Select(run => run.Name).Order();
}
