namespace ChainRule;

/// <summary>A derivative found by differences.</summary>
/// <param name="Value">The derivative; NaN if no two steps agree.</param>
/// <param name="Error">How far off it may be, by how well neighbouring steps agree.</param>
public readonly record struct Slope(double Value, double Error);
