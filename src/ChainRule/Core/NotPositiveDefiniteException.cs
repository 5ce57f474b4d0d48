namespace ChainRule;

/// <summary>A matrix that is not positive definite where it must be; the message names the leading minor and the matrix in its batch.</summary>
public sealed class NotPositiveDefiniteException : ArithmeticException
{
    /// <summary>Creates the exception with no message.</summary>
    public NotPositiveDefiniteException()
    {
    }

    /// <summary>Creates the exception with which matrix it is and what to do.</summary>
    public NotPositiveDefiniteException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public NotPositiveDefiniteException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
