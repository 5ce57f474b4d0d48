namespace ChainRule.Autograd;

/// <summary>One value that was there or came about while a loss was computed, as far as the search for cuts asks.</summary>
/// <param name="Op">What made it; null for a parameter and for the loss as it was returned.</param>
/// <param name="Sources">The steps that its operands came from; -1 for one that no step made.</param>
/// <param name="Operands">The nodes of its operands when they went in; null for one that was not tracked.</param>
/// <param name="Node">Its own node; null if it is not tracked.</param>
/// <param name="Spec">Its shape and type.</param>
/// <param name="IsRecording">Whether recording was on.</param>
/// <param name="Place">The line that asked for it; known only where a tracked operand gave an untracked result.</param>
internal sealed record ForwardStep(Op? Op, int[] Sources, Node?[] Operands, Node? Node, TensorSpec Spec, bool IsRecording, string? Place);
