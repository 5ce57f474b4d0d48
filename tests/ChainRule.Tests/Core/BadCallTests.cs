using System.Reflection;
using ChainRule.Tests.Architecture;

namespace ChainRule.Tests.Core;

/// <summary>A bad call is refused by an exception of the right type that says which operation and what does not fit.</summary>
public sealed class BadCallTests
{
    /// <summary>Methods with fewer than five ways to go wrong, and how many they have.</summary>
    private static readonly Dictionary<string, int> Fewer = new()
    {
        ["op_Implicit"] = 4,
        ["op_UnaryNegation"] = 1,
        ["Elu"] = 3, // any number will do
        ["LeakyRelu"] = 3,
        ["Threshold"] = 1,
        ["IsIn"] = 2, // any two tensors go together
        ["NanToNum"] = 0, // anything may stand for a NaN
        ["set_Grad"] = 0,
    };

    public static TheoryData<string> Methods => [.. BadCalls.All.Select(call => call.Method).Distinct()];

    private static IEnumerable<string> TakingSomething =>
        typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.GetParameters().Length > 0 || method.IsGenericMethod)
            .Select(method => method.Name)
            .Distinct();

    [Theory, MemberData(nameof(Methods))]
    public void A_bad_call_is_refused_with_operation_and_reason(string method) =>
        BadCall.RequireRefused(BadCalls.All, method, Fewer.GetValueOrDefault(method, 5));

    [Fact]
    public void Every_method_that_takes_something_has_bad_calls()
    {
        var counts = BadCalls.All.GroupBy(call => call.Method).ToDictionary(group => group.Key, group => group.Count());
        string[] expected = [.. TakingSomething.Except(Fewer.Where(method => method.Value == 0).Select(method => method.Key))];
        Breaches.None(expected.Except(counts.Keys).Order(StringComparer.Ordinal).Select(method => $"{method} has no bad calls"));
        Breaches.None(counts.Keys.Except(expected).Select(method => $"{method} is no method that takes something"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{BadCalls.All.Length} bad calls of {counts.Count} methods.");
        Assert.InRange(BadCalls.All.Length, 1800, int.MaxValue);
    }
}
