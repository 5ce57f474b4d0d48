using System.Diagnostics;
using ChainRule.Autograd;
using ChainRule.Nn;

namespace ChainRule.Inspect;

/// <summary>
/// Watches a network while it trains, and says what keeps it from learning: <c>loss.Backward(); doctor.Watch(loss, x, outputs, y); optimizer.Step();</c>,
/// or of a compiled step <c>doctor.Watch(step.Run(x, y), x, targets: y);</c>
/// </summary>
/// <remarks>
/// It looks at few steps and notes only the loss of the others. Activations are seen where modules are called by
/// <see cref="Module.Apply"/>, as <see cref="Sequential"/> does; <see cref="Unseen"/> names those that are not. It changes nothing that the training computes.
/// </remarks>
public sealed class GradientDoctor : IDisposable
{
    private readonly GradientDoctorOptions _options;
    private readonly (string Name, Tensor Value)[] _parameters;
    private readonly ForwardWatch _forward;
    private readonly Chart _chart;
    private readonly List<StepReading> _readings = [];
    private readonly FindingLedger _ledger;
    private readonly double[]?[] _before;
    private readonly LookSchedule _schedule;
    private readonly string[] _activations;
    private readonly bool _canRunAgain;
    private readonly Stopwatch _life = Stopwatch.StartNew();
    private long _spent;

    /// <summary>Begins to watch a model.</summary>
    /// <param name="model">The model; exchange none of its parameters afterwards.</param>
    /// <param name="options">How closely to look.</param>
    /// <exception cref="ArgumentException">The model has no parameters, or an option is out of its range.</exception>
    public GradientDoctor(Module model, GradientDoctorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _options = options ?? new GradientDoctorOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Every, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Kept, LookSchedule.AlwaysSeen, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.FreeLooks, LookSchedule.AlwaysSeen, nameof(options));
        if (_options.ExpectedSteps is { } steps)
            ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1, nameof(options));
        if (!(_options.Budget is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), _options.Budget, "GradientDoctor: the budget is a share of the work, above 0 and at most 1.");
        _parameters = [.. model.NamedParameters()];
        if (_parameters.Length == 0)
            throw new ArgumentException("GradientDoctor: the model has no parameters to watch.", nameof(model));
        _before = new double[_parameters.Length][];
        _schedule = new LookSchedule(_options, [.. _parameters.Select(parameter => parameter.Value)]);
        IReadOnlyList<(string Name, Module Module)> modules = new ModuleWalk(model).Modules;
        _activations = [.. modules.Where(found => found.Module is Relu or Sigmoid or Tanh).Select(found => found.Name)];
        _canRunAgain = !modules.Any(found => found.Module is Dropout) && model.NamedBuffers().Count == 0;
        _forward = new ForwardWatch(model) { IsOpen = true };
        _chart = new Chart(model, _parameters, _options.Loss, _options.ExpectedSteps);
        _ledger = new FindingLedger(_options.OnFinding);
    }

    /// <summary>What was found and still holds, causes before their effects.</summary>
    public IReadOnlyList<Finding> Findings => _ledger.Current;

    /// <summary>What was measured, from the oldest look that is kept to the latest.</summary>
    public IReadOnlyList<StepReading> Readings => _readings;

    /// <summary>How many steps were watched.</summary>
    public long Steps => _chart.Curve.Steps;

    /// <summary>Whether the coming call of <see cref="Watch(Tensor, Tensor?, Tensor?, Tensor?)"/> looks at gradients; in other steps the loss is enough for it.</summary>
    public bool IsDue => _chart.Curve.BrokenAt is null && Steps >= _schedule.Next;

    /// <summary>
    /// Which ReLUs, sigmoids and tanhs the latest look has not seen at work: those that are called by <see cref="Module.Forward"/> directly, and all of a
    /// compiled step unless <see cref="GradientDoctorOptions.Loss"/> is given. Of these it cannot say that they are dead or saturated.
    /// </summary>
    public IReadOnlyList<string> Unseen { get; private set; } = [];

    /// <summary>The time that the looks took, as a share of the time since the doctor was made; nothing depends on it.</summary>
    public double Cost => (double)_spent / Math.Max(1, _life.ElapsedTicks);

    /// <summary>The time that the looks took.</summary>
    public TimeSpan Spent => Stopwatch.GetElapsedTime(0, _spent);

    /// <summary>The size of each parameter's gradient over the steps that were looked at.</summary>
    public GradientFlow Flow => new(
        [.. _parameters.Select(parameter => parameter.Name)],
        [.. _readings.Select(reading => reading.Step)],
        [.. Enumerable.Range(0, _parameters.Length).Select(i => (IReadOnlyList<double>)[.. _readings.Select(reading => reading.Layers[i].NonFinite > 0 ? double.PositiveInfinity : reading.Layers[i].Rms)])]);

    /// <summary>Sees one step: call it after each Backward, always before or always after the optimizer's step.</summary>
    /// <param name="loss">The loss, a single number.</param>
    /// <param name="inputs">What went into the model; by default what its first module was given.</param>
    /// <param name="outputs">What came out; by default the output of its last module.</param>
    /// <param name="targets">What should have come out: without it nothing is said about targets and labels.</param>
    /// <returns>Whether this step was looked at.</returns>
    public bool Watch(Tensor loss, Tensor? inputs = null, Tensor? outputs = null, Tensor? targets = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.ElementCount != 1)
            throw new ShapeException($"GradientDoctor.Watch: the loss is a single number, not a tensor of shape {loss.Shape}.");
        // Item takes as long as a hundredth of the step of the smallest networks, to guard cases that are none here.
        double value = loss.Record is Node && Recording.Current is null ? loss.First : loss.Item<double>();
        return Note(value, inputs, outputs, targets, isReplayed: false);
    }

    /// <summary>Sees one step of which the loss is known as a number, such as one that was compiled: call it after each <see cref="Optim.CompiledStep.Run(Tensor)"/>.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="inputs">What went into the model.</param>
    /// <param name="outputs">What came out, if it is known.</param>
    /// <param name="targets">What should have come out: without it nothing is said about targets and labels.</param>
    /// <returns>Whether this step was looked at.</returns>
    public bool Watch(double loss, Tensor? inputs = null, Tensor? outputs = null, Tensor? targets = null) => Note(loss, inputs, outputs, targets, isReplayed: true);

    /// <summary>Notes what the last step did to the weights, which is else read at the next one; call it when training has ended.</summary>
    public void Complete()
    {
        if (_readings.Count > 0 && _before[0] is not null)
            CompareWeights();
    }

    /// <summary>The findings with cause and cure, and a table of the last look.</summary>
    public override string ToString() => DoctorReport.Write(this, Steps, _chart.Curve.Recent);

    /// <summary>The findings, the readings and the flow as JSON; numbers that JSON cannot hold are null.</summary>
    public string ToJson() => DoctorJson.Write(this);

    /// <summary>Stops watching.</summary>
    public void Dispose() => _forward.Dispose();

    private bool Note(double loss, Tensor? inputs, Tensor? outputs, Tensor? targets, bool isReplayed)
    {
        long step = Steps;
        bool wasBroken = _chart.Curve.BrokenAt is not null, isBroken = !double.IsFinite(loss);
        _chart.Curve.Add(loss);
        // After the first loss that is no number there is nothing left to learn from it.
        bool looks = !wasBroken && (isBroken || step >= _schedule.Next), compares = _readings.Count > 0 && _before[0] is not null;
        if (!looks && !compares) return Prepare(wasBroken, step);
        // The clock is read for these steps alone: of all others even that would be a part of what they cost.
        long began = Stopwatch.GetTimestamp();
        if (compares)
            CompareWeights();
        if (looks)
            Look(step, loss, inputs, outputs, targets, isReplayed);
        _spent += Stopwatch.GetTimestamp() - began;
        Prepare(wasBroken, step);
        return looks;
    }

    private bool Prepare(bool wasBroken, long step)
    {
        _forward.Clear();
        _forward.IsOpen = !wasBroken && step + 1 >= _schedule.Next;
        return false;
    }

    private void Look(long step, double loss, Tensor? inputs, Tensor? outputs, Tensor? targets, bool isReplayed)
    {
        if (_forward.Calls.Count == 0 && _canRunAgain && _options.Loss is { } again)
            _forward.Run(again);
        IReadOnlyList<ModuleCall> calls = _forward.Calls;
        inputs ??= calls.Count > 0 ? calls[0].Input : null;
        outputs ??= calls.Count > 0 ? calls[^1].Output : null;
        var layers = new LayerReading[_parameters.Length];
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i] = Gauge.Read(_parameters[i].Name, _parameters[i].Value, _options.Histograms);
            _before[i] = Gauge.Sample(_parameters[i].Value);
        }
        ActivationReading[] activations = ReadActivations(calls);
        Unseen = Array.FindAll(_activations, name => !calls.Any(call => call.Path == name));
        var reading = new StepReading(step, loss, layers, activations);
        _readings.Add(reading);
        if (_readings.Count > _options.Kept)
            _readings.RemoveAt(0);
        _chart.Add(reading, calls, inputs, outputs, targets);
        _ledger.Update(step, [.. Diagnosis.Of(_chart)]);
        _schedule.Note(step, Rows(inputs, outputs), (inputs?.ElementCount ?? 0) + activations.Sum(activation => (long)activation.Units * activation.Rows), isReplayed);
    }

    // Of a sequence each place is a row: there the outputs have more of them.
    private static long Rows(Tensor? inputs, Tensor? outputs) => Math.Max(
        inputs is { Rank: > 0 } ? inputs.Shape[0] : 1, outputs is { Rank: > 0 } && outputs.Shape[^1] > 0 ? outputs.ElementCount / outputs.Shape[^1] : 1);

    private static ActivationReading[] ReadActivations(IReadOnlyList<ModuleCall> calls)
    {
        int last = LastWeights(calls);
        var readings = new List<ActivationReading>();
        for (int i = 0; i < last; i++)
        {
            if (Gauge.Read(calls[i]) is { } reading)
                readings.Add(reading);
        }
        return [.. readings];
    }

    // What follows the last layer with weights shapes the outputs; it is no hidden activation.
    private static int LastWeights(IReadOnlyList<ModuleCall> calls)
    {
        int last = calls.Count - 1;
        while (last >= 0 && calls[last].Module is not (Linear or Convolution or Recurrent))
            last--;
        return Math.Max(0, last);
    }

    private void CompareWeights()
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            double[] before = _before[i]!, after = Gauge.Sample(_parameters[i].Value);
            (double change, double size) = (0, 0);
            for (int j = 0; j < before.Length; j++)
                (change, size) = (change + (after[j] - before[j]) * (after[j] - before[j]), size + before[j] * before[j]);
            _readings[^1].Layers[i].UpdateRatio = Math.Sqrt(change / size);
            _before[i] = null;
        }
    }
}
