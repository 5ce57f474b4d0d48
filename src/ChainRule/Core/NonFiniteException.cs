namespace ChainRule;

/// <summary>
/// An operation made a NaN or an infinity out of finite numbers, while <see cref="AnomalyMode"/> was on; or an optimizer that can go
/// nowhere from such a loss, <see cref="Optim.Lbfgs"/>, was given one.
/// </summary>
public sealed class NonFiniteException : ArithmeticException
{
    /// <summary>Creates the exception with no message.</summary>
    public NonFiniteException()
    {
    }

    /// <summary>Creates the exception with what was made of what, and where.</summary>
    public NonFiniteException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public NonFiniteException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>The operation, by the name of its method on <see cref="Tensor"/>, or the optimizer whose step it was; empty if unknown.</summary>
    public string Operation { get; init; } = "";

    /// <summary>Whether it happened while a gradient flowed back through the operation.</summary>
    public bool IsBackward { get; init; }

    /// <summary>The source file that called the operation forwards; null without symbols.</summary>
    public string? File { get; init; }

    /// <summary>The line of the call; 0 if unknown.</summary>
    public int Line { get; init; }
}
