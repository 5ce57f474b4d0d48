namespace ChainRule;

/// <summary>An element type that the operation cannot work on; the message names the operation and the type.</summary>
public sealed class DTypeException : ArgumentException
{
    /// <summary>Creates the exception with no message.</summary>
    public DTypeException()
    {
    }

    /// <summary>Creates the exception with what did not fit and what to do.</summary>
    public DTypeException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public DTypeException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
