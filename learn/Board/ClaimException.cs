namespace ChainRule.Learn;

/// <summary>Something a lesson claims does not hold.</summary>
public sealed class ClaimException(string message) : Exception(message);
