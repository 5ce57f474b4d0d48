using System.Globalization;

namespace ChainRule.Inspect;

/// <summary>Goes through all rules.</summary>
internal static class Diagnosis
{
    /// <summary>What seems to be wrong; what is certain needs no second look.</summary>
    public static IEnumerable<(Finding Finding, bool IsCertain)> Of(Chart chart)
    {
        foreach (Finding finding in BrokenRules.Of(chart))
            yield return (finding, true);
        Finding[] found = [.. DataRules.Of(chart), .. GradientRules.Of(chart), .. UnitRules.Of(chart), .. LossRules.Of(chart)];
        // What keeps the gradient from the weights explains why they stay, and why the outputs and the loss do.
        bool isBlocked = UnitRules.IsOutOfReach(chart) || Array.Exists(found, finding => finding is { Severity: FindingSeverity.Critical, Kind: FindingKind.DeadUnits or FindingKind.Vanishing });
        // A step that threw the loss up also threw the units where they are.
        bool wasThrown = GradientRules.HasJumped(chart);
        foreach (Finding finding in found)
        {
            bool isEffect = ((isBlocked || wasThrown) && (finding.Kind is FindingKind.LearningRateTooLow or FindingKind.ConstantOutput or FindingKind.LossAtChance))
                || (finding.Kind == FindingKind.LossAtChance && UnitRules.WasOutOfReach(chart))
                || (wasThrown && (finding.Kind is FindingKind.DeadUnits or FindingKind.Vanishing));
            if (!isEffect)
                yield return (finding, chart.Curve.BrokenAt is not null);
        }
    }

    public static Finding Critical(FindingKind kind, string layer, string evidence, string cause, string cure) =>
        new(kind, FindingSeverity.Critical, layer, 0, evidence, cause, cure);

    public static Finding Warning(FindingKind kind, string layer, string evidence, string cause, string cure) =>
        new(kind, FindingSeverity.Warning, layer, 0, evidence, cause, cure);

    /// <summary>Three digits are enough for evidence.</summary>
    public static string Short(double value) => value.ToString(Math.Abs(value) is >= 1e-3 and < 1e5 or 0 ? "0.###" : "0.0e+0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture).Replace(" ", " ", StringComparison.Ordinal);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = new List<double>();
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
                sorted.Add(value);
        }
        sorted.Sort();
        return sorted.Count == 0 ? double.NaN : sorted[sorted.Count / 2];
    }
}
