namespace ChainRule.Playground.Lab;

/// <summary>What is wrong with a run, why, and what would help.</summary>
public sealed record Finding(string Title, string Cause, string Cure);
