namespace ChainRule;

/// <summary>A change in place that would make a gradient wrong, or of memory that may not be changed.</summary>
public sealed class InPlaceException : InvalidOperationException
{
    /// <summary>Creates the exception with no message.</summary>
    public InPlaceException()
    {
    }

    /// <summary>Creates the exception with what was changed and what to do instead.</summary>
    public InPlaceException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public InPlaceException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
