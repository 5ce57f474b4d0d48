namespace ChainRule.Inspect;

/// <summary>The place where numbers went wrong first; see <see cref="WhyNot"/>.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Label">The cause in a word or two: <c>log 0</c>, <c>dead ReLU</c>.</param>
/// <param name="Node">The node of <see cref="StepRecording.Graph"/> whose operation is to blame.</param>
/// <param name="Event">The event in which it happened; null for what was there from the beginning, and for gradients that never came.</param>
/// <param name="Text">What happened, where, and what helps.</param>
public sealed record Fault(FaultKind Kind, string Label, int Node, StepEvent? Event, string Text)
{
    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
