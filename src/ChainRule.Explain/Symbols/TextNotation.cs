using System.Globalization;

namespace ChainRule.Explain.Symbols;

internal sealed class TextNotation : Notation
{
    public static readonly TextNotation Default = new();

    public override bool IsTwoDimensional => false;

    public override string Number(double value) => value.ToString("0.###############E+0", CultureInfo.InvariantCulture) is var exact && Math.Abs(value) is >= 1e7 or (< 1e-4 and > 0)
        ? exact.Replace("E+", "e", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal)
        : value.ToString("R", CultureInfo.InvariantCulture);

    public override string Name(string name) => name;

    public override string Function(string name, params string[] arguments) => $"{name}({string.Join(", ", arguments)})";

    public override string Parenthesized(string inner) => $"({inner})";

    public override string Binary(SymbolKind kind, string left, string right) => kind switch
    {
        SymbolKind.Add => $"{left} + {right}",
        SymbolKind.Subtract => $"{left} - {right}",
        SymbolKind.Divide => $"{left}/{right}",
        SymbolKind.Power => $"{left}^{right}",
        SymbolKind.MatMul => $"{left} @ {right}",
        SymbolKind.Hadamard => $"{left} ∘ {right}",
        // The dot operator, not the dot of a product: without it the text would be read back as a product of elements.
        SymbolKind.Dot => $"{left} ⋅ {right}",
        _ => $"{left}·{right}",
    };

    public override string Negated(string operand) => $"-{operand}";

    public override string Transposed(string operand) => $"{operand}ᵀ";

    public override string Larger(string left, string right) => $"[{left} > {right}]";

    public override string Derivative(string above, string below) => $"∂{above}/∂{below}";

    public override string SecondDerivative(string above, string first, string second) => first == second ? $"∂²{above}/∂{first}²" : $"∂²{above}/(∂{first} ∂{second})";
}
