namespace ChainRule.Playground.Lab;

/// <summary>An expression to begin with.</summary>
/// <param name="Text">As docs/how-to/explain.md says it is written.</param>
/// <param name="Values">The values of its variables, as text: a number, a vector or a matrix.</param>
public sealed record Expression(string Text, params (string Name, string Value)[] Values)
{
    public static IReadOnlyList<Expression> Examples { get; } =
    [
        new("(2x+1)^3", ("x", "1")),
        new("x*y + sin(x)", ("x", "1"), ("y", "2")),
        new("sigmoid(w*x + b)", ("w", "0.5"), ("x", "1.5"), ("b", "-0.25")),
        new("0.5*(sigmoid(w*x + b) - y)^2", ("w", "0.5"), ("x", "1.5"), ("b", "-0.25"), ("y", "1")),
        new("(a+b)^2 + (a-b)^2", ("a", "1"), ("b", "0.5")),
        new("relu(x)*exp(-x^2)", ("x", "0.7")),
        new("tanh(tanh(tanh(w*x)))", ("w", "2"), ("x", "1")),
        new("sigmoid(w.x + b)", ("w", "[0.5,-0.2,0.1]"), ("x", "[1,2,3]"), ("b", "0.1")),
    ];

    /// <summary>An expression with its values as an address holds them: <c>x=1;w=[1,2]</c>.</summary>
    public static Expression At(string text, string values) =>
        new(text, [.. values.Split(';').Select(value => value.Split('=', 2)).Where(sides => sides.Length == 2).Select(sides => (sides[0], sides[1]))]);
}
