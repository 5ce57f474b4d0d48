using System.Diagnostics;
using ChainRule.Cli.Runs;
using ChainRule.Inspect;

namespace ChainRule.Cli.Display;

/// <summary>Where a run stands. Training writes it after each step; whoever shows it looks when it likes.</summary>
internal sealed class Progress(long totalSteps, long stepsPerEpoch, int epochs)
{
    private readonly Lock _gate = new();
    private readonly List<EpochRecord> _epochs = [];
    private readonly List<string> _warnings = [];
    private readonly History _history = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private double _loss, _accuracy;
    private long _steps, _samples;
    private StepSample? _sample;
    private IReadOnlyList<Finding> _findings = [];
    private double _watching;

    /// <summary>Takes a step's place.</summary>
    /// <param name="steps">Steps since the start.</param>
    /// <param name="samples">Examples since the start.</param>
    /// <param name="loss">Mean loss of the epoch so far.</param>
    /// <param name="accuracy">Accuracy of the epoch so far.</param>
    /// <param name="stepLoss">Loss of this step.</param>
    public void OnStep(long steps, long samples, double loss, double accuracy, double stepLoss)
    {
        lock (_gate)
        {
            (_steps, _samples, _loss, _accuracy) = (steps, samples, loss, accuracy);
            _history.Add(stepLoss);
        }
    }

    /// <summary>Takes what was seen of the layers, and the seconds that looking has taken so far.</summary>
    public void OnSample(StepSample sample, double secondsWatching)
    {
        lock (_gate)
            (_sample, _watching) = (sample, secondsWatching);
    }

    public void OnEpoch(EpochRecord epoch)
    {
        lock (_gate)
            _epochs.Add(epoch);
    }

    /// <summary>Takes what the doctor says.</summary>
    public void OnWarning(string warning)
    {
        lock (_gate)
            _warnings.Add(warning);
    }

    /// <summary>Takes what the doctor has found and what still holds.</summary>
    public void OnFindings(IReadOnlyList<Finding> findings)
    {
        lock (_gate)
            _findings = findings;
    }

    public Moment Now()
    {
        lock (_gate)
        {
            return new Moment(_steps, totalSteps, Math.Min(epochs, (int)(Math.Max(_steps - 1, 0) / stepsPerEpoch) + 1), epochs,
                _samples, _loss, _accuracy, [.. _epochs], Stopwatch.GetElapsedTime(_start).TotalSeconds)
            {
                Warnings = [.. _warnings],
                Findings = _findings,
                Sample = _sample,
                SecondsWatching = _watching,
                AllLosses = _history.All,
                RecentLosses = _history.Recent,
            };
        }
    }
}
