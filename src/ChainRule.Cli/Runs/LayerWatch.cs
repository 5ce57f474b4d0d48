using System.Diagnostics;
using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Plots;

namespace ChainRule.Cli.Runs;

/// <summary>Keeps what the doctor reads of the layers, evenly over a run of whatever length, and counts their weights then.</summary>
internal sealed class LayerWatch
{
    /// <summary>Samples of a run, about; the doctor looks at as many wherever it looks else.</summary>
    public const int SamplesWanted = 60;

    private readonly (int Place, Tensor Value)[] _layers;
    private readonly long _totalSteps, _stride;
    private readonly List<StepSample> _samples = [];
    private (StepReading Reading, ValueCounts[] Weights)? _open;
    private long _next, _ticks;

    /// <summary>Watches the matrices of a network; biases follow their layer.</summary>
    public LayerWatch(Module network, long totalSteps)
    {
        _layers = [.. network.NamedParameters().Index().Where(parameter => parameter.Item.Value.Rank > 1).Select(parameter => (parameter.Index, parameter.Item.Value))];
        (_totalSteps, _stride) = (totalSteps, Math.Max(1, totalSteps / SamplesWanted));
    }

    public IReadOnlyList<StepSample> Samples => _samples;

    /// <summary>The time that counting took.</summary>
    public TimeSpan Spent => Stopwatch.GetElapsedTime(0, _ticks);

    /// <summary>Takes a look of the doctor, before the optimizer's step.</summary>
    public void Take(StepReading reading)
    {
        // The last look that there can be is kept too: what ended the run shows there.
        if (reading.Step < _next && reading.Step != _totalSteps - 1 && double.IsFinite(reading.Loss)) return;
        long start = Stopwatch.GetTimestamp();
        _next = (reading.Step / _stride + 1) * _stride;
        _open = (reading, [.. _layers.Select(layer => ValueCounts.Of(layer.Value.Detach().ToArray<float>()))]);
        _ticks += Stopwatch.GetTimestamp() - start;
    }

    /// <summary>Makes a sample of the look before, once the doctor has seen what the step did to the weights.</summary>
    /// <returns>The sample; null if none was open.</returns>
    public StepSample? Close()
    {
        if (_open is not { } open) return null;
        _open = null;
        var sample = new StepSample(open.Reading.Step + 1, [.. _layers.Select((layer, i) => SampleOf(open.Reading.Layers[layer.Place], open.Weights[i]))]);
        _samples.Add(sample);
        return sample;
    }

    private static LayerSample SampleOf(LayerReading reading, ValueCounts weights) => new(LayerGradient.Of(reading), weights, reading.UpdateRatio) { GradientNorm = reading.GradientNorm };
}
