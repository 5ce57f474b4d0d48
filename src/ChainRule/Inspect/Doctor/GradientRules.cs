using static ChainRule.Inspect.Diagnosis;

namespace ChainRule.Inspect;

/// <summary>Where gradients get lost or grow, and what steps do to the weights.</summary>
internal static class GradientRules
{
    // Initialised as usual, the layers of a network of any depth have gradients within a factor of about 30 of each other;
    // a factor of 1,000 is lost only where each layer loses some.
    private const double LostShare = 1e-3;

    // Of hidden units as they begin, few are at the flat ends. Where 7 in 10 are, at most 0.3 of the gradient passes each layer.
    private const double MuchSaturated = 0.7;

    // A gradient of the size of the weights turns them over in a single step even at rates of 0.01.
    private const double LargeGradient = 100;

    // About 1e-3 is usual. At 0.2 a weight is new after five steps; at 3e-5 it takes 30,000 steps.
    private const double LargeUpdate = 0.2, SmallUpdate = 3e-5, Overthrow = 1;

    // A loss that is once so many times as high as at first, and so many standard deviations above that, was thrown.
    private const double Growth = 3, Jump = 5, Deviations = 10;

    // Leaps that are twice those at the beginning, with steps of 5 % of the weights, are not those of batches alone.
    private const double MoreScatter = 2, LeapingUpdate = 0.05;

    // With gradients of a thousandth of the weights' size a rate of 0.03 or more would move them.
    private const double LeastGradient = 1e-3;

    // Half of the loss is gone: whatever looks odd does not keep the network from learning.
    private const double Learning = 0.5;

    public static IEnumerable<Finding> Of(Chart chart)
    {
        foreach (Finding finding in WithoutGradient(chart))
            yield return finding;
        if (chart.Weights.Count == 0) yield break;
        if (Lost(chart) is { } lost)
            yield return lost;
        if (Saturated(chart) is { } saturated)
            yield return saturated;
        if (Grown(chart) is { } grown)
            yield return grown;
        if (TooFast(chart) is { } fast)
            yield return fast;
        if (TooSlow(chart) is { } slow)
            yield return slow;
    }

    /// <summary>Whether the weights, or the loss before it broke, had grown out of all proportion.</summary>
    public static bool HasRunAway(Chart chart)
    {
        if (chart.Curve.Highest > 10 * Math.Abs(chart.Curve.Initial) || LargestUpdate(chart, chart.Latest) > Overthrow) return true;
        StepReading first = chart.Beginning[0], last = chart.Latest[^1];
        return chart.Weights.Any(i => last.Layers[i].WeightNorm > 100 * first.Layers[i].WeightNorm) || IsLargeAtFirst(chart);
    }

    private static IEnumerable<Finding> WithoutGradient(Chart chart)
    {
        for (int i = 0; i < chart.Names.Count; i++)
        {
            int parameter = i;
            if (!chart.IsLearned(i) || chart.Latest.Any(reading => reading.Layers[parameter].HasGradient) || chart.Beginning.Any(reading => reading.Layers[parameter].HasGradient)) continue;
            GradientTraceRow? cut = chart.CutOf(i);
            yield return Critical(FindingKind.NoGradient, chart.Names[i], $"no gradient at any of the {chart.Latest.Length} latest looks",
                cut is { Reached: false } ? $"Its gradient is kept away by: {cut.Reason}." : "Nothing leads from the loss back to it: it is not used, or Detach, NoGrad, a comparison or a cast stands between.",
                cut is { Reached: false } ? cut.Advice : "Give the doctor a Loss in its options, or call GradientTrace.Run(() => ComputeLoss(), model.NamedParameters()): it names the place.");
        }
    }

    private static Finding? Lost(Chart chart)
    {
        if (chart.Latest.Length < 4 || chart.Weights.Count < 3 || chart.Curve.Left < Learning || IsLargeAtFirst(chart)) return null;
        // Later the last layers may have come to rest, and then all gradients are small.
        return LostIn(chart, chart.Latest) ?? LostIn(chart, chart.Beginning) ?? Faint(chart);
    }

    private static Finding? LostIn(Chart chart, IReadOnlyList<StepReading> readings)
    {
        double[] sizes = [.. chart.Weights.Select(i => Median(readings.Select(reading => reading.Layers[i].Rms)))];
        double largest = sizes.Max();
        if (!(sizes[0] < LostShare * largest) || sizes[0] == 0) return null;
        int worst = Enumerable.Range(0, sizes.Length - 1).MinBy(i => sizes[i] / sizes[i + 1]);
        ActivationReading? flat = chart.Latest[^1].Activations.MaxBy(activation => activation.SaturatedShare);
        string activation = flat is { SaturatedShare: > 0.3 } ? $" {flat.Function} in {flat.Module} is saturated on {Percent(flat.SaturatedShare)}." : "";
        return Critical(FindingKind.Vanishing, chart.Names[chart.Weights[0]], $"its gradient is {Short(sizes[0])}, the largest is {Short(largest)}: a factor of {Short(largest / sizes[0])}; most is lost between {chart.Names[chart.Weights[worst + 1]]} and {chart.Names[chart.Weights[worst]]}",
            $"On its way back the gradient is multiplied by each layer's weights and slopes, and the products are below 1.{activation}",
            "Use ReLU or GELU with He initialisation, normalisation layers or residual connections, or fewer layers.");
    }

    // Small weights make the outputs of each layer smaller too, and a weight's gradient is what went in times what comes back:
    // then no layer is behind the others, but only the biases near the end have gradients.
    private static Finding? Faint(Chart chart)
    {
        IReadOnlyList<LayerReading> first = chart.Beginning[0].Layers;
        double weights = chart.Weights.Max(i => first[i].Rms), all = first.Where(layer => layer.HasGradient).Max(layer => layer.Rms);
        return weights > 0 && weights < LostShare * all
            ? Critical(FindingKind.Vanishing, chart.Names[chart.Weights[0]], $"at first no weight has a gradient above {Short(weights)}, while a bias has {Short(all)}", "Each layer makes what passes it smaller, on the way forth and on the way back: only biases near the end feel the loss.", "Draw larger weights (He for ReLU, Xavier for tanh), or use normalisation layers or residual connections.")
            : null;
    }

    private static Finding? Saturated(Chart chart)
    {
        if (chart.Latest.Length < 3 || chart.Curve.Left < Learning) return null;
        foreach (ActivationReading last in chart.Latest[^1].Activations)
        {
            double share = Median(chart.Latest.SelectMany(reading => reading.Activations.Where(activation => activation.Module == last.Module)).Select(activation => activation.SaturatedShare));
            if (share > MuchSaturated)
                return Critical(FindingKind.Vanishing, last.Module, $"{last.Function} is saturated on {Percent(share)} of its outputs", $"The sums that go into it are so large that its slope there is below 2 % of the largest: hardly any gradient passes.", "Draw smaller weights (Xavier), standardise what goes in, or put a normalisation layer before it.");
        }
        return null;
    }

    private static Finding? Grown(Chart chart)
    {
        // How much of the loss is left says nothing: it began as large as the outputs, and falls as they shrink.
        if (!IsLargeAtFirst(chart)) return null;
        StepReading first = chart.Beginning[0];
        int worst = chart.Weights.MaxBy(i => first.Layers[i].GradientNorm / first.Layers[i].WeightNorm);
        LayerReading layer = first.Layers[worst];
        return Critical(FindingKind.Exploding, layer.Parameter, $"at step {first.Step} its gradient has the norm {Short(layer.GradientNorm)}, its weights {Short(layer.WeightNorm)}", "On its way back the gradient is multiplied by each layer's weights, and the products are above 1: weights were drawn too large, or a recurrence is long.", "Draw smaller weights (He for ReLU, Xavier for tanh), add normalisation layers, and clip the norm of the gradient.");
    }

    private static bool IsLargeAtFirst(Chart chart) =>
        chart.Beginning[0].Layers is var layers && chart.Weights.Any(i => layers[i].GradientNorm > LargeGradient * layers[i].WeightNorm);

    private static Finding? TooFast(Chart chart)
    {
        double update = LargestUpdate(chart, chart.Latest);
        if (chart.Curve.BrokenAt is { } step)
        {
            return HasRunAway(chart) && !IsLargeAtFirst(chart)
                ? Fast(FindingSeverity.Critical, $"the loss is no number at step {step}; it had been {Short(chart.Curve.Initial)} at first and up to {Short(chart.Curve.Highest)}")
                : null;
        }
        if (chart.Curve.Steps < 20 || chart.Curve.Initial <= 0) return null;
        if (chart.Curve.Recent > Growth * chart.Curve.Reference + chart.Curve.Chance)
            return Fast(FindingSeverity.Critical, $"the loss was {Short(chart.Curve.Initial)} at first and is {Short(chart.Curve.Recent)} now");
        if (HasJumped(chart))
            return Fast(FindingSeverity.Critical, $"the loss was {Short(chart.Curve.Initial)} at first, then {Short(chart.Curve.Highest)}, and is {Short(chart.Curve.Recent)} now");
        if (chart.Curve.Steps >= 50 && chart.Curve.Left > Learning && update > LargeUpdate)
            return Fast(FindingSeverity.Critical, $"a step changes weights by {Percent(update)}, and {Percent(chart.Curve.Left)} of the loss is left after {chart.Curve.Steps} steps");
        bool leaps = chart.Curve.Scatter > 0.5 * chart.Curve.Recent && chart.Curve.Scatter > MoreScatter * chart.Curve.InitialScatter && update > LeapingUpdate;
        return chart.Curve.Steps >= 100 && chart.Curve.Left > Learning && leaps
            ? Fast(FindingSeverity.Warning, $"the loss leaps about {Short(chart.Curve.Recent)} by {Short(chart.Curve.Scatter)}, and {Percent(chart.Curve.Left)} of it is left after {chart.Curve.Steps} steps")
            : null;
    }

    /// <summary>Whether steps have thrown the loss far up and it never came back below where it began.</summary>
    public static bool HasJumped(Chart chart) =>
        chart.Curve.Steps >= 20 && chart.Curve.Initial > 0 && chart.Curve.Left > Learning && !IsLargeAtFirst(chart)
        && chart.Curve.Highest > Jump * chart.Curve.Reference + Deviations * chart.Curve.BatchScatter;

    private static Finding Fast(FindingSeverity severity, string evidence) => new(FindingKind.LearningRateTooHigh, severity, "", 0, evidence, "Steps go beyond the point where the loss would be lower, and land higher up on the other side.", "Divide the learning rate by 10; begin with smaller steps (warm-up), or clip the norm of the gradient.");

    private static Finding? TooSlow(Chart chart)
    {
        double update = LargestUpdate(chart, chart.Latest);
        if (chart.Curve.Steps < 50 || chart.Curve.Left < 0.9 || !(update < SmallUpdate) || !(update > 0)) return null;
        // Where hardly any gradient is left, a larger rate does not help.
        double gradient = Median(chart.Latest.Select(reading => chart.Weights.Max(i => reading.Layers[i].GradientNorm / reading.Layers[i].WeightNorm)));
        if (!(gradient > LeastGradient)) return null;
        return Warning(FindingKind.LearningRateTooLow, "", $"a step changes weights by no more than {Short(update)} of their size, and {Percent(chart.Curve.Left)} of the loss is left after {chart.Curve.Steps} steps", "There are gradients, but steps along them are so small that the weights stay where they are.", "Multiply the learning rate by 10 until a step changes weights by about 0.001 of their size.");
    }

    // For each look the layer that changes most, and of these the median.
    private static double LargestUpdate(Chart chart, IReadOnlyList<StepReading> readings) =>
        Median(readings.Select(reading => LargestUpdate(chart, reading)));

    private static double LargestUpdate(Chart chart, StepReading reading)
    {
        double largest = double.NaN;
        foreach (int i in chart.Weights)
        {
            double ratio = reading.Layers[i].UpdateRatio;
            if (!(ratio <= largest) && !double.IsNaN(ratio))
                largest = ratio;
        }
        return largest;
    }
}
