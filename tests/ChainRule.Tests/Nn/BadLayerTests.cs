using ChainRule.Nn;
using ChainRule.Tests.Core;

namespace ChainRule.Tests.Nn;

/// <summary>A layer that cannot be made or cannot take its input says so, by its name.</summary>
public sealed class BadLayerTests
{
    /// <summary>Functions of each element: any input but null will do.</summary>
    private static readonly string[] _takingAnything =
    [
        "AlphaDropout", "Celu", "Dropout", "Elu", "Gelu", "Hardshrink", "Hardsigmoid", "Hardswish", "Hardtanh", "Identity", "LeakyRelu", "LogSigmoid",
        "Mish", "Relu", "Relu6", "Selu", "Sigmoid", "Silu", "Softplus", "Softshrink", "Softsign", "Tanh", "Tanhshrink", "Threshold",
    ];

    /// <summary>Constructors with fewer than three ways to go wrong, and how many they have.</summary>
    private static readonly Dictionary<string, int> _fewer = new()
    {
        ["Gelu"] = 0,
        ["Glu"] = 0, // any number may be an axis until there is an input
        ["LogSoftmax"] = 0,
        ["Softmax"] = 0,
        ["Softmin"] = 0,
        ["SwiGlu"] = 0,
        ["Lambda"] = 1, // any function will do
        ["Residual"] = 2, // any two modules go together
        ["Threshold"] = 1, // anything may be put in the place of the elements
    };

    public static TheoryData<string> Layers => [.. Types.Select(type => type.Name)];

    private static Type[] Types => [.. typeof(Module).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Module)) && !type.IsAbstract)];

    [Theory, MemberData(nameof(Layers))]
    public void Every_constructor_that_takes_something_refuses_at_least_three_bad_calls(string layer)
    {
        bool takes = Types.Single(type => type.Name == layer).GetConstructors().Any(constructor => constructor.GetParameters().Length > 0);
        BadCall.RequireRefused(BadLayerCalls.All, layer, least: takes ? _fewer.GetValueOrDefault(layer, 3) : 0);
    }

    [Theory, MemberData(nameof(Layers))]
    public void Every_layer_refuses_at_least_two_bad_inputs(string layer) =>
        BadCall.RequireRefused(BadLayerCalls.All, $"{layer}.Forward", least: _takingAnything.Contains(layer) ? 1 : 2);

    [Fact]
    public void Rows_are_those_of_layers() =>
        Assert.Empty(BadLayerCalls.All.Select(call => call.Method).Except(Types.SelectMany(type => (string[])[type.Name, $"{type.Name}.Forward"])));
}
