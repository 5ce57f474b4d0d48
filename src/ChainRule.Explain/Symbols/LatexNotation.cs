using System.Text;

namespace ChainRule.Explain.Symbols;

internal sealed class LatexNotation : Notation
{
    public static readonly LatexNotation Default = new();

    private static readonly HashSet<string> _own = ["exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min"];

    private static readonly HashSet<string> _likeLatin = ["omicron", "Alpha", "Beta", "Epsilon", "Zeta", "Eta", "Iota", "Kappa", "Mu", "Nu", "Omicron", "Rho", "Tau", "Chi"];

    public override bool IsTwoDimensional => true;

    public override string Number(double value)
    {
        string text = TextNotation.Default.Number(value);
        int exponent = text.IndexOf('e', StringComparison.Ordinal);
        return exponent < 0 ? text : $@"{text[..exponent]} \cdot 10^{{{text[(exponent + 1)..]}}}";
    }

    /// <summary>A letter stays, a word is set upright, and what is not a letter is not LaTeX's business.</summary>
    public override string Name(string name)
    {
        if (name.EndsWith('\'')) return $"{Name(name.TrimEnd('\''))}{name[name.IndexOf('\'', StringComparison.Ordinal)..]}";
        // Greek letters that look like Latin ones have no command.
        if (name.Length == 1 && AsciiText.Greek(name[0]) is { } greek) return _likeLatin.Contains(greek) ? $@"\mathrm{{{greek[0]}}}" : $@"\{greek} ";
        if (name.IndexOf('[', StringComparison.Ordinal) is int bracket and > 0) return $"{Name(name[..bracket])}_{{{name[(bracket + 1)..^1]}}}";
        if (name.Length == 1) return name;
        int digits = name.Length;
        while (digits > 1 && char.IsAsciiDigit(name[digits - 1])) digits--;
        // In x_1 the underscore already says what the subscript says.
        string stem = digits < name.Length && digits > 1 && name[digits - 1] == '_' ? name[..(digits - 1)] : name[..digits];
        string letters = stem.Length == 1 && stem != "_" ? Name(stem) : $@"\mathrm{{{Escaped(stem)}}}";
        return digits == name.Length ? letters : $"{letters}_{{{name[digits..]}}}";
    }

    public override string Function(string name, params string[] arguments) => name switch
    {
        "sqrt" => $@"\sqrt{{{arguments[0]}}}",
        "abs" => $@"\left\vert {arguments[0]} \right\vert ",
        "norm" => $@"\left\Vert {arguments[0]} \right\Vert ",
        _ => $@"{(_own.Contains(name) ? $@"\{name}" : $@"\operatorname{{{Escaped(name)}}}")}\left({string.Join(", ", arguments)}\right)",
    };

    public override string Parenthesized(string inner) => $@"\left({inner}\right)";

    public override string Binary(SymbolKind kind, string left, string right) => kind switch
    {
        SymbolKind.Add => $"{left} + {right}",
        SymbolKind.Subtract => $"{left} - {right}",
        SymbolKind.Divide => $@"\frac{{{left}}}{{{right}}}",
        SymbolKind.Power => $"{{{left}}}^{{{right}}}",
        SymbolKind.MatMul => $@"{left} \, {right}",
        SymbolKind.Hadamard => $@"{left} \circ {right}",
        _ => $@"{left} \cdot {right}",
    };

    public override string Negated(string operand) => $"-{operand}";

    public override string Transposed(string operand) => $@"{{{operand}}}^{{\top}}";

    public override string Larger(string left, string right) => $"[{left} > {right}]";

    public override string Derivative(string above, string below) => $@"\frac{{\partial {above}}}{{\partial {below}}}";

    public override string SecondDerivative(string above, string first, string second) =>
        $@"\frac{{\partial^{{2}} {above}}}{{\partial {first}{(first == second ? "^{2}" : $@" \, \partial {second}")}}}";

    private static string Escaped(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name)
            text.Append(letter == '_' ? @"\_" : letter);
        return text.ToString();
    }
}
