using System.Net;

namespace ChainRule.Explain.Symbols;

internal sealed class MathMlNotation : Notation
{
    public static readonly MathMlNotation Default = new();

    public override bool IsTwoDimensional => true;

    public override string Number(double value) => $"<mn>{TextNotation.Default.Number(value)}</mn>";

    public override string Name(string name) => name.EndsWith('\'')
        // The sign stands high by itself; as a superscript it would be too small.
        ? $"<mrow>{Name(name.TrimEnd('\''))}<mo lspace=\"0\" rspace=\"0\">{new string('′', name.Length - name.IndexOf('\'', StringComparison.Ordinal))}</mo></mrow>"
        : name.IndexOf('[', StringComparison.Ordinal) is int bracket and > 0
        ? $"<msub>{Name(name[..bracket])}<mn>{WebUtility.HtmlEncode(name[(bracket + 1)..^1])}</mn></msub>"
        : $"<mi>{WebUtility.HtmlEncode(name)}</mi>";

    public override string Function(string name, params string[] arguments) => name switch
    {
        "sqrt" => $"<msqrt>{arguments[0]}</msqrt>",
        "abs" => Row($"<mo>|</mo>{arguments[0]}<mo>|</mo>"),
        "norm" => Row($"<mo>‖</mo>{arguments[0]}<mo>‖</mo>"),
        _ => Row($"<mi>{WebUtility.HtmlEncode(name)}</mi><mo>&#x2061;</mo>{Parenthesized(string.Join("<mo>,</mo>", arguments))}"),
    };

    // Only fractions are taller than a parenthesis; browsers stretch them too far for letters.
    public override string Parenthesized(string inner) => inner.Contains("<mfrac", StringComparison.Ordinal)
        ? Row($"<mo>(</mo>{inner}<mo>)</mo>")
        : Row($"<mo stretchy=\"false\">(</mo>{inner}<mo stretchy=\"false\">)</mo>");

    public override string Binary(SymbolKind kind, string left, string right) => kind switch
    {
        SymbolKind.Add => Row($"{left}<mo>+</mo>{right}"),
        SymbolKind.Subtract => Row($"{left}<mo>−</mo>{right}"),
        SymbolKind.Divide => $"<mfrac>{Row(left)}{Row(right)}</mfrac>",
        SymbolKind.Power => $"<msup>{Row(left)}{Row(right)}</msup>",
        SymbolKind.MatMul => Row($"{left}<mspace width=\"0.2em\"/>{right}"),
        SymbolKind.Hadamard => Row($"{left}<mo>∘</mo>{right}"),
        _ => Row($"{left}<mo>·</mo>{right}"),
    };

    public override string Negated(string operand) => Row($"<mo>−</mo>{operand}");

    public override string Transposed(string operand) => $"<msup>{Row(operand)}<mi mathvariant=\"normal\">T</mi></msup>";

    public override string Larger(string left, string right) => Row($"<mo>[</mo>{left}<mo>&gt;</mo>{right}<mo>]</mo>");

    public override string Derivative(string above, string below) => $"<mfrac><mrow><mo>∂</mo>{above}</mrow><mrow><mo>∂</mo>{below}</mrow></mfrac>";

    public override string SecondDerivative(string above, string first, string second)
    {
        string below = first == second ? $"<mo>∂</mo><msup>{Row(first)}<mn>2</mn></msup>" : $"<mo>∂</mo>{first}<mo>∂</mo>{second}";
        return $"<mfrac><mrow><msup><mo>∂</mo><mn>2</mn></msup>{above}</mrow><mrow>{below}</mrow></mfrac>";
    }

    private static string Row(string inner) => $"<mrow>{inner}</mrow>";
}
