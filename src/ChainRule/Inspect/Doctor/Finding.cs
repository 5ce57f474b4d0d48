using System.Globalization;

namespace ChainRule.Inspect;

/// <summary>One thing that keeps a network from learning.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Layer">The module or parameter where it shows; empty if it is the whole network or the data.</param>
/// <param name="SinceStep">The first step, from 0, at which it was seen without a break since.</param>
/// <param name="Evidence">What was measured, in numbers.</param>
/// <param name="Cause">Why that is so, in plain words.</param>
/// <param name="Cure">What to do.</param>
public sealed record Finding(FindingKind Kind, FindingSeverity Severity, string Layer, long SinceStep, string Evidence, string Cause, string Cure)
{
    /// <summary>A few words for the kind: <c>dead units</c>.</summary>
    public string Title => Kind switch
    {
        FindingKind.NotANumber => "not a number",
        FindingKind.TargetsOutOfRange => "targets out of range",
        FindingKind.UnnormalisedInputs => "unnormalised inputs",
        FindingKind.NoGradient => "no gradient",
        FindingKind.DeadUnits => HasDeadUnits ? "dead units" : "too few on/off patterns",
        FindingKind.Vanishing => "vanishing gradients",
        FindingKind.Exploding => "exploding gradients",
        FindingKind.LearningRateTooHigh => "learning rate too high",
        FindingKind.LearningRateTooLow => "learning rate too low",
        FindingKind.LabelImbalance => "label imbalance",
        FindingKind.ConstantOutput => "constant output",
        _ => "loss at chance level",
    };

    // Units that are all on somewhere may still be on and off together: of those nobody may read that they are dead.
    internal bool HasDeadUnits { get; init; } = true;

    /// <summary>One line: where, what, since when, and the evidence.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Title}{(Layer.Length == 0 ? "" : $" in {Layer}")}, since step {SinceStep}: {Evidence}");
}
