namespace ChainRule.Data;

/// <summary>A part to learn from and a part to be judged by.</summary>
/// <param name="Train">Examples to learn from.</param>
/// <param name="Test">Examples that training never sees.</param>
public sealed record DataSplit(Dataset Train, Dataset Test);
