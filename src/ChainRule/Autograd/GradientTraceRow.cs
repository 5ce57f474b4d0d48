namespace ChainRule;

/// <summary>Whether a gradient reaches one parameter and, if none does, why.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Reached">Whether Backward leaves a gradient on it.</param>
/// <param name="Cuts">All places between it and the loss that no gradient passed, in the order in which they ran; none if it never got that far.</param>
/// <param name="Reason">What keeps the gradient away, in a few words; empty if it is reached.</param>
/// <param name="Advice">How to mend it; empty if it is reached.</param>
public sealed record GradientTraceRow(string Name, Shape Shape, bool Reached, IReadOnlyList<GradientCut> Cuts, string Reason, string Advice)
{
    /// <summary>The first place that no gradient passed, or null.</summary>
    public GradientCut? Cut => Cuts.Count > 0 ? Cuts[0] : null;
}
