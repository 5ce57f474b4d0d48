namespace ChainRule.Playground.Lab;

/// <summary>A central difference at a step, and how far it is from the derivative, relative to it.</summary>
public readonly record struct SlopePoint(double Step, double Slope, double Error);
