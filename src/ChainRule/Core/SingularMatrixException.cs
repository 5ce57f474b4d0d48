namespace ChainRule;

/// <summary>A matrix without an inverse where one is needed; the message names the operation and the matrix in its batch.</summary>
public sealed class SingularMatrixException : ArithmeticException
{
    /// <summary>Creates the exception with no message.</summary>
    public SingularMatrixException()
    {
    }

    /// <summary>Creates the exception with which matrix it is and what to do.</summary>
    public SingularMatrixException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public SingularMatrixException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
