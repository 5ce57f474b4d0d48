namespace ChainRule.Formats;

/// <summary>A file that is well formed but holds the state of something else; the message lists all that does not fit, and nothing was taken from it.</summary>
public sealed class StateMismatchException : Exception
{
    /// <summary>Creates the exception with no message.</summary>
    public StateMismatchException()
    {
    }

    /// <summary>Creates the exception with what does not fit.</summary>
    public StateMismatchException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public StateMismatchException(string message, Exception innerException) : base(message, innerException)
    {
    }

    internal StateMismatchException(string path, string owner, IReadOnlyList<string> problems)
        : base($"{path} does not fit {owner}, and nothing was loaded:\n- {string.Join("\n- ", problems)}") => Problems = problems;

    /// <summary>All that does not fit, one thing each.</summary>
    public IReadOnlyList<string> Problems { get; } = [];
}
