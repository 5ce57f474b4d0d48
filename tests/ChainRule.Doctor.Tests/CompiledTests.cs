using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Doctor.Tests;

/// <summary>Steps that are compiled, and modules that are called past the doctor: what it still sees, and what it says that it does not.</summary>
public sealed class CompiledTests
{
    private static readonly Tensor _x = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, _y = new float[,] { { 0 }, { 1 }, { 1 }, { 0 } };

    // Waking a second thread takes longer than these networks do.
    static CompiledTests() => Engine.Threads = 1;

    [Fact]
    public void The_gradients_of_a_compiled_step_are_those_of_the_same_step_eager()
    {
        (Sequential compiled, Sequential eager) = (Network(), Network());
        using var seen = new GradientDoctor(compiled, new GradientDoctorOptions { Every = 5 });
        using var expected = new GradientDoctor(eager, new GradientDoctorOptions { Every = 5 });
        var optimizer = new Sgd(eager.Parameters(), 0.1);
        CompiledStep step = Compile.Step(new Sgd(compiled.Parameters(), 0.1), (x, y) => LossOf(compiled, x, y));
        for (int i = 0; i < 20; i++)
        {
            seen.Watch(step.Run(_x, _y), _x, targets: _y);
            Tensor loss = LossOf(eager, _x, _y);
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
            expected.Watch(loss, _x, targets: _y);
        }
        Assert.Equal(expected.Readings.Select(Figures), seen.Readings.Select(Figures));
        Assert.Equal([0, 1, 2, 3, 5, 10, 15], seen.Readings.Select(reading => reading.Step));
    }

    [Fact]
    public void A_rate_that_is_too_high_is_named_in_a_compiled_step()
    {
        Patient patient = Patients.Regression(7000);
        CompiledStep step = Compile.Step(new Sgd(patient.Model.Parameters(), 5), (x, y) => patient.Loss(patient.Model.Apply(x), y));
        using var doctor = new GradientDoctor(patient.Model);
        for (int i = 0; i < 60; i++)
            doctor.Watch(step.Run(patient.Inputs, patient.Targets(i)), patient.Inputs, targets: patient.Targets(i));
        Assert.Equal(FindingKind.LearningRateTooHigh, doctor.Findings[0].Kind);
    }

    [Fact]
    public void What_is_not_seen_of_a_compiled_step_is_named_and_no_word_is_said_of_it()
    {
        Sequential model = Dead();
        using var doctor = new GradientDoctor(model);
        CompiledStep step = Compile.Step(new Sgd(model.Parameters(), 0.1), (x, y) => LossOf(model, x, y));
        for (int i = 0; i < 300; i++)
            doctor.Watch(step.Run(_x, _y), _x, targets: _y);
        Assert.Equal(["1"], doctor.Unseen);
        Assert.Empty(doctor.Readings[^1].Activations);
        Assert.DoesNotContain(doctor.Findings, finding => finding.Kind == FindingKind.DeadUnits);
        Assert.Contains("Not seen at work: 1.", doctor.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"unseen\": [\n    \"1\"\n  ]", doctor.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_loss_dead_units_of_a_compiled_step_are_named_too_and_training_stays_as_it_was()
    {
        (Sequential model, Sequential bare) = (Dead(), Dead());
        using var doctor = new GradientDoctor(model, new GradientDoctorOptions { Loss = () => LossOf(model, _x, _y) });
        CompiledStep step = Compile.Step(new Sgd(model.Parameters(), 0.1), (x, y) => LossOf(model, x, y)), alone = Compile.Step(new Sgd(bare.Parameters(), 0.1), (x, y) => LossOf(bare, x, y));
        for (int i = 0; i < 300; i++)
        {
            doctor.Watch(step.Run(_x, _y), _x, targets: _y);
            alone.Run(_x, _y);
        }
        Assert.Empty(doctor.Unseen);
        Assert.Equal([0, 1, 2, 3], doctor.Readings[^1].Activations.Single().DeadUnits);
        Assert.Equal((FindingKind.DeadUnits, FindingSeverity.Critical), (doctor.Findings[0].Kind, doctor.Findings[0].Severity));
        Assert.Equal(bare.Parameters().SelectMany(parameter => parameter.ToArray<float>()), model.Parameters().SelectMany(parameter => parameter.ToArray<float>()));
    }

    [Fact]
    public void A_model_that_draws_numbers_is_not_run_again_behind_the_training()
    {
        var model = new Sequential(new Linear(2, 4, new RandomKey(1)), new Relu(), new Dropout(0.5), new Linear(4, 1, new RandomKey(2)));
        int calls = 0;
        using var doctor = new GradientDoctor(model, new GradientDoctorOptions { Loss = () => throw new InvalidOperationException($"{++calls}") });
        foreach (Tensor parameter in model.Parameters())
            parameter.Grad = Tensor.Ones(parameter.Shape);
        doctor.Watch(0.7, _x);
        Assert.Equal((0, 1), (calls, doctor.Unseen.Count));
    }

    [Fact]
    public void A_module_that_is_called_by_Forward_is_unseen_and_one_by_Apply_is_not()
    {
        var model = new HalfHidden();
        using var doctor = new GradientDoctor(model);
        Assert.Empty(doctor.Unseen);
        Tensor loss = model.Apply(_x).Mean();
        loss.Backward();
        doctor.Watch(loss, _x);
        Assert.Equal(["hidden"], doctor.Unseen);
    }

    private static (double, double, double, double) Figures(StepReading reading) =>
        (reading.Loss, reading.Layers[0].GradientNorm, reading.Layers[2].P99, double.IsNaN(reading.Layers[0].UpdateRatio) ? -1 : reading.Layers[0].UpdateRatio);

    private static Sequential Network() => new(new Linear(2, 4, new RandomKey(1)), new Relu(), new Linear(4, 1, new RandomKey(2)));

    // A start from which no unit is ever on.
    private static Sequential Dead()
    {
        Sequential model = Network();
        using var quiet = new NoGrad();
        ((Linear)model[0]).Bias!.Value.Fill(-3);
        return model;
    }

    private static Tensor LossOf(Sequential model, Tensor x, Tensor y) => Loss.BinaryCrossEntropyWithLogits(model.Apply(x), y);

    private sealed class HalfHidden : Module
    {
        public Linear First { get; } = new(2, 4, new RandomKey(1));
        public Relu Hidden { get; } = new();
        public Linear Second { get; } = new(4, 4, new RandomKey(2));
        public Tanh Shown { get; } = new();
        public Linear Last { get; } = new(4, 1, new RandomKey(3));

        public override Tensor Forward(Tensor x) => Last.Apply(Shown.Apply(Second.Apply(Hidden.Forward(First.Apply(x)))));
    }
}
