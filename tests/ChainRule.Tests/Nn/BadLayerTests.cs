using ChainRule.Nn;
using ChainRule.Tests.Core;

namespace ChainRule.Tests.Nn;

/// <summary>A layer that cannot be made or cannot take its input says so, by its name.</summary>
public sealed class BadLayerTests
{
    private static readonly string[] _takingAnything = ["Dropout", "Gelu", "Relu", "Sigmoid", "Tanh"];

    public static TheoryData<string> Layers => [.. Types.Select(type => type.Name)];

    private static Type[] Types => [.. typeof(Module).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Module)) && !type.IsAbstract)];

    [Theory, MemberData(nameof(Layers))]
    public void Every_constructor_that_takes_something_refuses_at_least_three_bad_calls(string layer)
    {
        bool takes = Types.Single(type => type.Name == layer).GetConstructors().Any(constructor => constructor.GetParameters().Length > 0);
        BadCall.RequireRefused(BadLayerCalls.All, layer, least: takes ? 3 : 0);
    }

    [Theory, MemberData(nameof(Layers))]
    public void Every_layer_refuses_at_least_two_bad_inputs(string layer) =>
        BadCall.RequireRefused(BadLayerCalls.All, $"{layer}.Forward", least: _takingAnything.Contains(layer) ? 1 : 2);

    [Fact]
    public void Rows_are_those_of_layers() =>
        Assert.Empty(BadLayerCalls.All.Select(call => call.Method).Except(Types.SelectMany(type => (string[])[type.Name, $"{type.Name}.Forward"])));
}
