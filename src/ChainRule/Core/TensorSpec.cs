namespace ChainRule;

/// <summary>What is known of a tensor before it is computed.</summary>
internal readonly record struct TensorSpec(Shape Shape, DType DType);
