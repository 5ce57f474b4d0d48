namespace ChainRule;

/// <summary>A function that cannot be compiled as it is, or a compiled one that was used in a way that it does not allow.</summary>
public sealed class CompileException : InvalidOperationException
{
    /// <summary>Creates the exception with no message.</summary>
    public CompileException()
    {
    }

    /// <summary>Creates the exception with what stands in the way and what to do instead.</summary>
    public CompileException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public CompileException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
