namespace ChainRule;

/// <summary>Shapes, axes or indices that do not fit the operation; the message names the operation and the shapes.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>Creates the exception with no message.</summary>
    public ShapeException()
    {
    }

    /// <summary>Creates the exception with what did not fit and what to do.</summary>
    public ShapeException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public ShapeException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
