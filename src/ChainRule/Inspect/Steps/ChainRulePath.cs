namespace ChainRule.Inspect;

/// <summary>One path of the chain rule into a value, seen through a microscope: <c>upstream · local derivative = product</c>.</summary>
/// <param name="Event">The event in which it contributed.</param>
/// <param name="Upstream">The gradient of what reads the value, as it flowed in; null where that was not seen.</param>
/// <param name="Jacobian">
/// The local derivative of each element of the reader by each element of the value, [reader's elements, value's elements]; null if it would
/// have more than 256 numbers.
/// </param>
/// <param name="Product">What the path contributes, to the last bit.</param>
/// <param name="RunningSum">The sum of the products of this path and those before it, as it was computed.</param>
public sealed record ChainRulePath(StepEvent Event, Tensor? Upstream, Tensor? Jacobian, Tensor Product, Tensor RunningSum);
