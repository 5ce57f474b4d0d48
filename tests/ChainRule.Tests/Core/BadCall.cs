using ChainRule.Tests.Architecture;

namespace ChainRule.Tests.Core;

/// <summary>A call that must be refused.</summary>
/// <param name="Method">What is called: a method of <see cref="Tensor"/> by its name in the metadata, a loss, a layer.</param>
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

    /// <summary>Fails unless there are enough bad calls of a method and each of them is refused as it should be.</summary>
    public static void RequireRefused(IEnumerable<BadCall> rows, string method, int least)
    {
        BadCall[] calls = [.. rows.Where(call => call.Method == method)];
        Breaches.None([
            .. calls.Length < least ? (string[])[$"{method} has {calls.Length} bad calls, not {least}"] : [],
            .. calls.Select((call, at) => call.Breach(at)).OfType<string>()]);
    }

    private string? Breach(int at)
    {
        try
        {
            object? result = Call();
            return $"call {at} of {Method} gave {result ?? "nothing"}, but should have thrown {Thrown.Name}";
        }
        catch (Exception exception) when (exception.GetType() == Thrown)
        {
            string[] missing = [.. Words.Where(word => !exception.Message.Contains(word, StringComparison.Ordinal))];
            if (exception is ArgumentNullException { ParamName: null or "" })
                return $"call {at} of {Method} does not say which argument is null";
            return missing.Length == 0 ? null : $"call {at} of {Method} does not say {string.Join(", ", missing)}: {exception.Message}";
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
        {
            return $"call {at} of {Method} threw {exception.GetType().Name}, not {Thrown.Name}: {exception.Message}";
        }
    }
}
