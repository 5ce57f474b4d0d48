using static ChainRule.Inspect.Diagnosis;

namespace ChainRule.Inspect;

/// <summary>NaN and infinity: what they come from, unless steps that were too large drove the weights there.</summary>
internal static class BrokenRules
{
    public static IEnumerable<Finding> Of(Chart chart)
    {
        if (chart.Data.HasBrokenInput)
        {
            yield return Critical(FindingKind.NotANumber, "inputs", "an input is NaN or infinite", "The data hold something that is no number, and whatever is computed of it is none either.", "Look for empty cells and divisions by 0 in the data; leave those rows out or fill them in.");
            yield break;
        }
        if (chart.Data.HasBrokenTarget)
        {
            yield return Critical(FindingKind.NotANumber, "targets", "a target is NaN or infinite", "The targets hold something that is no number, so the loss is none either.", "Look for empty cells in the column of the targets, and for logarithms of 0 if they were transformed.");
            yield break;
        }
        StepReading last = chart.Latest[^1];
        if (chart.BrokenParameter is { } parameter && (chart.Curve.BrokenAt is not null || last.Layers.Any(layer => !double.IsFinite(layer.WeightNorm))))
        {
            yield return Critical(FindingKind.NotANumber, parameter, $"{parameter} held NaN or infinity before the first step", "Whatever is computed with it is no number either: the weights were loaded from a run that broke, or drawn wrongly.", "Draw the weights anew (Initialize), or load a checkpoint of before that run's first loss that was no number.");
            yield break;
        }
        LayerReading? bad = last.Layers.FirstOrDefault(layer => layer.NonFinite > 0);
        if (chart.Curve.BrokenAt is null && bad is not null && last.Layers.All(layer => double.IsFinite(layer.WeightNorm)))
        {
            yield return Critical(FindingKind.NotANumber, bad.Parameter, $"the loss is {Short(last.Loss)}, but {bad.NonFinite} elements of the gradient are NaN or infinite", "A derivative is infinite where its function is not: a square root or a norm at 0, a power below 1 at 0, a logarithm near 0.", "Add a small number inside of the root or logarithm; AnomalyMode names the operation.");
        }
        else if (chart.Curve.BrokenAt is not null && !GradientRules.HasRunAway(chart))
        {
            (string Operation, string Place)? origin = chart.Origin;
            string where = origin is null ? "the loss" : $"{origin.Value.Operation}{(origin.Value.Place.Length == 0 ? "" : $" in {origin.Value.Place}")}";
            yield return Critical(FindingKind.NotANumber, origin?.Place ?? "", $"the loss is {last.Loss}; the first result that is no number comes from {where}", "It was computed of finite numbers: a logarithm of 0, an overflow of exp, 0 divided by 0, or a root of a negative number.", "Use the form that cannot overflow (a loss of logits, LogSoftmax, Softplus), clamp what goes in, or add a small number; AnomalyMode names the line.");
        }
    }
}
