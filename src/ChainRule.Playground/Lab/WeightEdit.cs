namespace ChainRule.Playground.Lab;

/// <summary>A parameter's element that was set by hand after so many steps.</summary>
public readonly record struct WeightEdit(long Step, int Parameter, int Element, float Value);
