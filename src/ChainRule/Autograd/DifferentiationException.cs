namespace ChainRule;

/// <summary>A derivative that was asked for in a way that has no answer; the message says why and what to do.</summary>
public sealed class DifferentiationException : InvalidOperationException
{
    /// <summary>Creates the exception with no message.</summary>
    public DifferentiationException()
    {
    }

    /// <summary>Creates the exception with what is wrong and what to do.</summary>
    public DifferentiationException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public DifferentiationException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
