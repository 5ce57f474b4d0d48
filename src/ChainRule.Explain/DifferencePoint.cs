namespace ChainRule.Explain;

/// <summary>One point of the curve that shows why the step of a difference must be neither large nor tiny.</summary>
/// <param name="Step">The step h of (f(x + h) - f(x - h)) / 2h.</param>
/// <param name="Error">How far the difference is from the derivative, relative to it where that is above 1.</param>
public sealed record DifferencePoint(double Step, double Error);
