namespace ChainRule.Data;

/// <summary>Examples that are learned from in one step.</summary>
/// <param name="Inputs">The examples, [size, ...features].</param>
/// <param name="Labels">The class of each as int64, [size].</param>
public readonly record struct Batch(Tensor Inputs, Tensor Labels);
