using System.Diagnostics;
using System.Runtime.CompilerServices;
using ChainRule.Nn;
using ChainRule.Plots;

namespace ChainRule.Cli.Runs;

/// <summary>Looks at the layers' weights and gradients now and then, evenly over a run of whatever length, so that it costs little.</summary>
internal sealed class LayerWatch
{
    /// <summary>Samples of a run, about.</summary>
    public const int SamplesWanted = 60;

    // So many are taken whatever they cost; beyond, looking takes at most this share of the time.
    private const int SamplesAlways = 16;
    private const double MostShare = 0.02;

    private readonly (string Name, Tensor Value)[] _layers;
    private readonly long _stride;
    private readonly List<StepSample> _samples = [];
    private long _ticks;

    /// <summary>Watches the matrices of a network; biases follow their layer.</summary>
    public LayerWatch(Module network, long totalSteps)
    {
        _layers = [.. network.NamedParameters().Where(parameter => parameter.Value.Rank > 1)];
        _stride = Math.Max(1, totalSteps / SamplesWanted);
    }

    public IReadOnlyList<string> Names => [.. _layers.Select(layer => layer.Name)];

    public IReadOnlyList<StepSample> Samples => _samples;

    /// <summary>The time that looking took.</summary>
    public TimeSpan Spent => Stopwatch.GetElapsedTime(0, _ticks);

    /// <summary>Whether to look at this step.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="elapsed">The time since the start.</param>
    /// <param name="isLast">Whether no step follows: that one is always looked at.</param>
    public bool IsDue(long step, TimeSpan elapsed, bool isLast) =>
        isLast || (step - 1) % _stride == 0 && (_samples.Count < SamplesAlways || Spent < MostShare * elapsed);

    /// <summary>Looks before and after the optimizer's step.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="update">Takes the optimizer's step.</param>
    public void Look(long step, Action update)
    {
        long start = Stopwatch.GetTimestamp();
        float[][] before = [.. _layers.Select(layer => layer.Value.Detach().ToArray<float>())];
        (LayerGradient Gradient, ValueCounts Weights)[] seen = [.. _layers.Select((layer, i) =>
            (layer.Value.Grad is { } gradient ? LayerGradient.Of(layer.Name, gradient.ToArray<float>()) : LayerGradient.None(layer.Name), ValueCounts.Of(before[i])))];
        long pause = Stopwatch.GetTimestamp();
        update();
        long resumed = Stopwatch.GetTimestamp();
        _samples.Add(new StepSample(step, [.. seen.Select((one, i) => new LayerSample(one.Gradient, one.Weights, Moved(before[i], _layers[i].Value.Detach().ToArray<float>()) / one.Weights.Norm))]));
        _ticks += pause - start + Stopwatch.GetTimestamp() - resumed;
    }

    // Called too seldom to be compiled well by its count of calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Moved(float[] before, float[] after)
    {
        double squares = 0;
        for (int i = 0; i < before.Length; i++)
        {
            double change = (double)after[i] - before[i];
            squares += change * change;
        }
        return Math.Sqrt(squares);
    }
}
