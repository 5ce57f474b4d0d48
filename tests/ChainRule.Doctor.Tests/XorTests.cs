using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Nn.FromScratch;
using ChainRule.Optim;

namespace ChainRule.Doctor.Tests;

/// <summary>The network of the classic lesson, 2-4-1 on exclusive or, of which about half of the seeds fail: which, and why, must be said in time.</summary>
public sealed class XorTests
{
    private const int Steps = 2000;

    // Waking a second thread takes longer than these networks do.
    static XorTests() => Engine.Threads = 1;

    // Four of five looks were chosen while looking at both hundreds and the one after them.
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Every_failing_seed_is_named_by_step_500_and_no_other_seed_is_accused(int first)
    {
        (int Seed, double Loss, Finding[] Told, long At)[] runs = [.. Enumerable.Range(first, 100).Select(seed => Run(seed))];
        var failed = runs.Where(run => run.Loss > 0.1).ToArray();
        TestContext.Current.SendDiagnosticMessage($"{failed.Length} failed; told between steps {failed.Min(run => run.At)} and {failed.Max(run => run.At)}, median {failed.Select(run => run.At).Order().ElementAt(failed.Length / 2)}");

        // What is stuck is at (4 - k) / 4 of ln 2 or of three points that share one output: not slow, but lost.
        Assert.InRange(failed.Length, 35, 65);
        Assert.All(failed, run => Assert.Contains(new[] { 0.3466, 0.4774, 0.6931 }, level => Math.Abs(run.Loss - level) < 0.01));
        Assert.All(failed, run => Assert.Equal(FindingKind.DeadUnits, Assert.Single(run.Told.Where(finding => finding.SinceStep <= 500).Select(finding => finding.Kind).Distinct())));
        Assert.All(failed, run => Assert.InRange(run.At, 1, 500));
        Assert.All(runs.Except(failed), run => Assert.Empty(run.Told));
        // Where each unit is on somewhere, none is called dead.
        Finding[] told = [.. failed.SelectMany(run => run.Told)];
        Assert.All(told, finding => Assert.Equal(finding.Evidence.StartsWith("all 4 units are on somewhere", StringComparison.Ordinal) ? "too few on/off patterns" : "dead units", finding.Title));
        Assert.Equal(2, told.Select(finding => finding.Title).Distinct().Count());
    }

    // Their error is out of reach for 450 to 1,250 steps while small weights drift to the edge of a row, and the loss is all the while that of guessing.
    [Theory]
    [InlineData(222)]
    [InlineData(369)]
    [InlineData(378)]
    public void A_seed_that_is_out_of_reach_for_hundreds_of_steps_and_then_learns_is_never_accused(int seed)
    {
        foreach (int every in new[] { 1, 10, 25 })
        {
            (_, double loss, Finding[] told, _) = Run(seed, every);
            Assert.InRange(loss, 0, 0.1);
            Assert.Empty(told);
        }
    }

    [Fact]
    public void The_report_of_a_failing_seed_names_the_units_the_rank_and_a_cure()
    {
        int seed = Enumerable.Range(0, 100).First(candidate => Run(candidate) is { Loss: > 0.1 });
        GradientDoctor? doctor = null;
        Run(seed, finding => { }, made => doctor = made);
        string report = doctor!.ToString();
        Assert.Contains("DEAD UNITS in 1", report, StringComparison.Ordinal);
        Assert.Contains("units", report, StringComparison.Ordinal);
        Assert.Contains("Cure:", report, StringComparison.Ordinal);
        Assert.Contains("0.weight", report, StringComparison.Ordinal);
    }

    private static (int Seed, double Loss, Finding[] Told, long At) Run(int seed, int every = 25)
    {
        var told = new List<Finding>();
        GradientDoctor? doctor = null;
        long at = -1;
        double loss = Run(seed, finding =>
        {
            at = at < 0 ? doctor!.Steps - 1 : at;
            told.Add(finding);
        }, made => doctor = made, every);
        return (seed, loss, [.. told], at);
    }

    private static double Run(int seed, Action<Finding> onFinding, Action<GradientDoctor> made, int every = 25)
    {
        // The same draws as the network that is written out by hand.
        var scratch = new NeuralNetwork([2, 4, 1], new RandomKey(seed), 0.1);
        var model = new Sequential(new Linear(2, 4, dtype: DType.Float64), new Relu(), new Linear(4, 1, dtype: DType.Float64));
        for (int i = 0; i < 2; i++)
        {
            var layer = (Linear)model[2 * i];
            using var quiet = new NoGrad();
            layer.Weight.Value.CopyFrom(scratch.Layers[i].W);
            layer.Bias!.Value.CopyFrom(Tensor.Zeros(layer.Bias.Value.Shape, DType.Float64));
        }
        Tensor x = new double[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, y = new double[,] { { 0 }, { 1 }, { 1 }, { 0 } };
        using var doctor = new GradientDoctor(model, new GradientDoctorOptions { Every = every, Budget = 1, OnFinding = onFinding });
        made(doctor);
        var optimizer = new Sgd(model.Parameters(), 0.5);
        double last = double.NaN;
        for (int step = 0; step < Steps; step++)
        {
            Tensor outputs = model.Apply(x);
            Tensor loss = Loss.BinaryCrossEntropyWithLogits(outputs, y);
            optimizer.ZeroGrad();
            loss.Backward();
            doctor.Watch(loss, x, outputs, y);
            optimizer.Step();
            last = loss.Item<double>();
        }
        return last;
    }
}
