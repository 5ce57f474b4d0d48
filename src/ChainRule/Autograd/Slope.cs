namespace ChainRule.Autograd;

/// <summary>A derivative found by differences, and how far off it may be.</summary>
internal readonly record struct Slope(double Value, double Error);
