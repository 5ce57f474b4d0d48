namespace ChainRule.Inspect;

/// <summary>The way of a value into an operation.</summary>
/// <param name="From">The node that makes the value.</param>
/// <param name="To">The node that reads it; its number is the larger one.</param>
/// <param name="Operand">Which of the reader's operands it is.</param>
/// <param name="LocalDerivative">
/// The derivative of what comes out by what goes in, where each element depends on one element alone or a single number comes out, and there are
/// few elements; else null.
/// </param>
public sealed record GraphViewEdge(int From, int To, int Operand, GraphValue? LocalDerivative);
