namespace ChainRule.Cli.Learn;

/// <summary>What a checked answer is told.</summary>
/// <param name="IsRight">Whether the answer is right.</param>
/// <param name="Message">What was seen, and for a wrong answer where to look.</param>
internal readonly record struct Verdict(bool IsRight, string Message);
