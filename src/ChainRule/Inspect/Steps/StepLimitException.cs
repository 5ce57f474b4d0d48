namespace ChainRule.Inspect;

/// <summary>A recording that would need more memory than it was allowed.</summary>
public sealed class StepLimitException : InvalidOperationException
{
    /// <summary>Creates the exception with no message.</summary>
    public StepLimitException()
    {
    }

    /// <summary>Creates the exception with what was too large and what to do instead.</summary>
    public StepLimitException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public StepLimitException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
