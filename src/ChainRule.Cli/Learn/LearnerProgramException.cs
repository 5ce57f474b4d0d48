namespace ChainRule.Cli.Learn;

/// <summary>A learner's program that did not run to its end.</summary>
/// <param name="message">What happened.</param>
/// <param name="output">All that it or the compiler printed.</param>
internal sealed class LearnerProgramException(string message, string output) : Exception(message)
{
    public string Output { get; } = output;
}
