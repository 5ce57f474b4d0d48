namespace ChainRule.Cli.Learn;

/// <summary>A place at which an answer is tried.</summary>
/// <param name="Variables">The value of each variable.</param>
/// <param name="Expected">The right value there.</param>
internal sealed record AnswerCase(IReadOnlyDictionary<string, double> Variables, double Expected);
