namespace ChainRule.Playground.Lab;

/// <summary>A function of named numbers. A parser makes the same from text.</summary>
/// <param name="Text">The formula as it is shown.</param>
/// <param name="Inputs">The inputs and where they begin.</param>
/// <param name="Function">The formula in tensors of a single number each.</param>
public sealed record Expression(string Text, IReadOnlyList<(string Name, double Start)> Inputs, Func<Tensor[], Tensor> Function)
{
    public static IReadOnlyList<Expression> Examples { get; } =
    [
        new("(2 x + 1)³", [("x", 1)], v => ((v[0] * 2.0) + 1.0).Pow(3)),
        new("x y + sin(x)", [("x", 1), ("y", 2)], v => (v[0] * v[1]) + v[0].Sin()),
        new("sigmoid(w x + b)", [("w", 0.5), ("x", 1.5), ("b", -0.25)], v => ((v[0] * v[1]) + v[2]).Sigmoid()),
        new("½ (sigmoid(w x + b) − y)²", [("w", 0.5), ("x", 1.5), ("b", -0.25), ("y", 1)], v => (((v[0] * v[1]) + v[2]).Sigmoid() - v[3]).Square() * 0.5),
        new("(a + b)² + (a − b)²", [("a", 1), ("b", 0.5)], v => (v[0] + v[1]).Square() + (v[0] - v[1]).Square()),
        new("relu(x) · exp(−x²)", [("x", 0.7)], v => v[0].Relu() * (-v[0].Square()).Exp()),
        new("tanh(tanh(tanh(w x)))", [("w", 2), ("x", 1)], v => (v[0] * v[1]).Tanh().Tanh().Tanh()),
    ];
}
