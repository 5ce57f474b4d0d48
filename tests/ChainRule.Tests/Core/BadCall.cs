namespace ChainRule.Tests.Core;

/// <summary>A call that must be refused.</summary>
/// <param name="Method">The method of <see cref="Tensor"/> that is called, by its name in the metadata.</param>
/// <param name="Thrown">The exact type of the exception.</param>
/// <param name="Words">What the message must say: the operation and what does not fit.</param>
/// <param name="Call">The call.</param>
internal sealed record BadCall(string Method, Type Thrown, string[] Words, Func<object?> Call)
{
    public static IEnumerable<BadCall> Refused<TException>(string method, string[] words, params Func<object?>[] calls) where TException : Exception =>
        calls.Select(call => new BadCall(method, typeof(TException), words, call));

    /// <summary>Calls with a null, which must be named as the parameter is.</summary>
    public static IEnumerable<BadCall> NullArgument(string method, string argument, params Func<object?>[] calls) =>
        Refused<ArgumentNullException>(method, [$"'{argument}'"], calls);

    public static IEnumerable<BadCall> Null(string method, params Func<object?>[] calls) => Refused<ArgumentNullException>(method, [], calls);
}
