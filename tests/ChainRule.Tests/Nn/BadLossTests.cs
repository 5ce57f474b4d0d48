using System.Reflection;
using ChainRule.Nn;
using ChainRule.Tests.Core;

namespace ChainRule.Tests.Nn;

/// <summary>A bad call of a loss is refused by an exception of the right type that says which loss and what does not fit.</summary>
public sealed class BadLossTests
{
    public static TheoryData<string> Losses => [.. Names];

    private static string[] Names =>
        [.. typeof(Loss).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name).Distinct()];

    [Theory, MemberData(nameof(Losses))]
    public void Every_loss_refuses_at_least_five_bad_calls_with_its_name_and_the_reason(string loss) =>
        BadCall.RequireRefused(BadLossCalls.All, loss, least: 5);

    [Fact]
    public void Rows_are_those_of_losses() => Assert.Empty(BadLossCalls.All.Select(call => call.Method).Except(Names));
}
