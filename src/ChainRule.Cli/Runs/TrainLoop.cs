using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ChainRule.Cli.Display;
using ChainRule.Cli.Output;
using ChainRule.Data;
using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Cli.Runs;

/// <summary>Trains a network and notes what happens.</summary>
internal sealed class TrainLoop : IDisposable
{
    private const int RowsPerEvaluation = 4096;

    private readonly Sequential _network;
    private readonly Recipe _recipe;
    private readonly Optimizer _optimizer;
    private readonly Batches _batches;
    private readonly GradientDoctor _doctor;
    private readonly bool _isTold;
    private readonly List<double> _losses = [];
    private readonly List<EpochRecord> _epochs = [];
    private readonly Stopwatch _clock = new();
    private readonly LayerWatch _watch;
    private long _samples;

    public TrainLoop(Sequential network, LearningTask task, Recipe recipe, RandomKey order, DoctorMode doctor = DoctorMode.On)
    {
        (_network, Task, _recipe) = (network, task, recipe);
        _optimizer = Optimizers.Create(recipe.Optimizer, network.Parameters(), recipe.LearningRate);
        _batches = new Batches(task.Train, recipe.Batch, order);
        Plan = new RunPlan(recipe, Engine.Threads, _batches.PerEpoch);
        _watch = new LayerWatch(network, Plan.TotalSteps);
        Progress = new Progress(Plan.TotalSteps, Plan.StepsPerEpoch, recipe.Epochs);
        Summary = network.Summary([1, task.FeatureCount]);
        // Made last: the summary runs zeros through the network, which are none of its business.
        (_doctor, _isTold) = (new GradientDoctor(network, OptionsOf(doctor)), doctor != DoctorMode.Off);
    }

    /// <summary>Is told what happens, to keep it.</summary>
    public EventLog? Events { get; set; }

    public LearningTask Task { get; }

    public RunPlan Plan { get; }

    public Progress Progress { get; }

    public ModuleSummary Summary { get; }

    /// <summary>Trains until all epochs are done, someone cancels, or the loss is no number.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the first step.</exception>
    public RunRecord Run(CancellationToken cancellation)
    {
        _clock.Start();
        Ending ending = Ending.Finished;
        for (int epoch = 0; epoch < _recipe.Epochs && ending == Ending.Finished; epoch++)
            ending = RunEpoch(epoch, cancellation);
        if (_losses.Count == 0)
            throw new OperationCanceledException(cancellation);
        _doctor.Complete();
        CloseSample();
        _clock.Stop();
        return new RunRecord
        {
            Task = Task,
            Recipe = _recipe,
            Threads = Plan.Threads,
            Parameters = Summary.ParameterCount,
            Summary = Summary,
            Epochs = _epochs,
            StepLosses = _losses,
            StepsPerEpoch = Plan.StepsPerEpoch,
            Seconds = _clock.Elapsed.TotalSeconds,
            Confusion = Evaluate().Confusion,
            WeightsHash = Hash(),
            Ending = ending,
            Findings = _isTold ? _doctor.Findings : [],
            Doctor = _isTold ? _doctor : null,
            Samples = _watch.Samples,
            SecondsWatching = (_doctor.Spent + _watch.Spent).TotalSeconds,
        };
    }

    public void Dispose() => _doctor.Dispose();

    private Ending RunEpoch(int epoch, CancellationToken cancellation)
    {
        double loss = 0, right = 0;
        long samples = 0;
        Ending ending = Ending.Finished;
        foreach (Batch batch in _batches.Epoch(epoch, CancellationToken.None))
        {
            if (cancellation.IsCancellationRequested)
            {
                ending = Ending.Interrupted;
                break;
            }
            (double stepLoss, long stepRight) = Step(batch);
            long size = batch.Labels.ElementCount;
            _losses.Add(stepLoss);
            Events?.OnStep(_losses.Count, stepLoss);
            if (!double.IsFinite(stepLoss))
            {
                ending = Ending.Diverged;
                break;
            }
            (loss, right, samples) = (loss + stepLoss * size, right + stepRight, samples + size);
            Progress.OnStep(_losses.Count, _samples += size, loss / samples, right / samples, stepLoss);
        }
        if (samples == 0) return ending;
        (double testLoss, Confusion test) = Evaluate();
        var record = new EpochRecord(epoch + 1, _losses.Count, _clock.Elapsed.TotalSeconds, loss / samples, right / samples, testLoss, test.Accuracy);
        _epochs.Add(record);
        Progress.OnEpoch(record);
        Events?.OnEpoch(record);
        return ending;
    }

    private (double Loss, long Right) Step(Batch batch)
    {
        Tensor logits = _network.Forward(batch.Inputs);
        Tensor loss = Loss.CrossEntropy(logits, batch.Labels);
        _optimizer.ZeroGrad();
        loss.Backward();
        bool looks = _doctor.Watch(loss, batch.Inputs, logits, batch.Labels);
        CloseSample();
        if (looks)
            Look();
        double value = loss.Item<double>();
        // A step along a gradient that is no number would spoil every weight.
        if (double.IsFinite(value))
            _optimizer.Step();
        return (value, logits.Detach().ArgMax(-1).EqualTo(batch.Labels).Sum().Item<long>());
    }

    private void Look()
    {
        _watch.Take(_doctor.Readings[^1]);
        if (_isTold)
            Progress.OnFindings(_doctor.Findings);
    }

    // What a step does to the weights is known when the doctor has seen the next one.
    private void CloseSample()
    {
        if (_watch.Close() is not { } sample) return;
        Progress.OnSample(sample, (_doctor.Spent + _watch.Spent).TotalSeconds);
        Events?.OnSample(sample);
    }

    private GradientDoctorOptions OptionsOf(DoctorMode mode)
    {
        Action<Finding>? onFinding = mode == DoctorMode.Off ? null : finding => Progress.OnWarning(finding.ToString());
        var options = new GradientDoctorOptions { ExpectedSteps = Plan.TotalSteps, OnFinding = onFinding };
        return mode == DoctorMode.Full ? options with { Every = 10, Budget = 0.05, Histograms = true } : options;
    }

    private (double Loss, Confusion Confusion) Evaluate()
    {
        using var quiet = new NoGrad();
        double loss = 0;
        var predicted = new List<long>();
        foreach (Batch batch in new Batches(Task.Test, RowsPerEvaluation, key: null).Epoch(0))
        {
            Tensor logits = _network.Forward(batch.Inputs);
            loss += Loss.CrossEntropy(logits, batch.Labels, Reduction.Sum).Item<double>();
            predicted.AddRange(logits.ArgMax(-1).ToArray<long>());
        }
        return (loss / Task.Test.Count, Confusion.Of(Task.Classes, Task.Test.Labels.ToArray<long>(), predicted.ToArray()));
    }

    /// <summary>The SHA-256 of the bytes of all parameters (float32, little-endian), in the ordinal order of their names.</summary>
    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, Tensor value) in _network.NamedParameters().OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
            hash.AppendData(MemoryMarshal.AsBytes(value.Detach().ToArray<float>().AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
