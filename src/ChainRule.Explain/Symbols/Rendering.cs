namespace ChainRule.Explain.Symbols;

/// <summary>Writes formulas in each notation. Loops over the parts, so that depth costs no stack.</summary>
internal static class Rendering
{
    private const int LongestText = 300, LongestMarkup = 20_000;
    private const int OfSum = 1, OfProduct = 2, OfPower = 4, OfAtom = 5;

    /// <summary>The formula; null if it is too long to be read.</summary>
    public static Formula? Of(Symbol symbol)
    {
        List<Symbol> parts = Calculus.Parts(symbol);
        return Write(parts, TextNotation.Default, LongestText) is { } text
            && Write(parts, LatexNotation.Default, LongestMarkup) is { } latex
            && Write(parts, MathMlNotation.Default, LongestMarkup) is { } markup ? new Formula(text, latex, markup) : null;
    }

    public static Formula Derivative(string above, string below) => new(
        Derivative(TextNotation.Default, above, below), Derivative(LatexNotation.Default, above, below), Derivative(MathMlNotation.Default, above, below));

    public static Formula SecondDerivative(string above, string first, string second) => new(
        SecondDerivative(TextNotation.Default, above, first, second), SecondDerivative(LatexNotation.Default, above, first, second), SecondDerivative(MathMlNotation.Default, above, first, second));

    private static string SecondDerivative(Notation notation, string above, string first, string second) =>
        notation.SecondDerivative(notation.Name(above), notation.Name(first), notation.Name(second));

    private static string Derivative(Notation notation, string above, string below) => notation.Derivative(notation.Name(above), notation.Name(below));

    private static string? Write(List<Symbol> parts, Notation notation, int longest)
    {
        var written = new Dictionary<Symbol, string>(ReferenceEqualityComparer.Instance);
        foreach (Symbol part in parts)
        {
            string text = One(part, notation, written);
            if (text.Length > longest) return null;
            written[part] = text;
        }
        return written[parts[^1]];
    }

    private static string One(Symbol part, Notation notation, Dictionary<Symbol, string> written)
    {
        switch (part.Kind)
        {
            case SymbolKind.Number: return notation.Number(part.Number);
            case SymbolKind.Constant: return notation.Name(part.Name);
            case SymbolKind.Variable: return Variable(part.Name, notation);
            case SymbolKind.Apply when part.HasRight: return notation.Function(part.Name, written[part.Left], written[part.Right]);
            case SymbolKind.Apply: return notation.Function(part.Name, written[part.Left]);
            case SymbolKind.Larger: return notation.Larger(written[part.Left], written[part.Right]);
            case SymbolKind.Negate: return notation.Negated(Operand(part.Left, OfProduct));
            case SymbolKind.Transpose: return notation.Transposed(Operand(part.Left, OfAtom));
            case SymbolKind.Divide when notation.IsTwoDimensional: return notation.Binary(part.Kind, written[part.Left], written[part.Right]);
            case SymbolKind.Power: return notation.Binary(part.Kind, Operand(part.Left, OfAtom), notation.IsTwoDimensional ? written[part.Right] : Operand(part.Right, OfAtom));
            default:
                int precedence = Precedence(part);
                // a·(b ⋅ c) and (a·b) ⋅ c differ.
                bool isOneWay = part.Kind is not (SymbolKind.Add or SymbolKind.Multiply) || part.Right.Kind is SymbolKind.Dot or SymbolKind.MatMul;
                return notation.Binary(part.Kind, Operand(part.Left, precedence), Operand(part.Right, isOneWay || IsNegative(part.Right) ? precedence + 1 : precedence));
        }

        string Operand(Symbol operand, int least) => Precedence(operand) < least ? notation.Parenthesized(written[operand]) : written[operand];
    }

    // "∂L/∂u" is a name, too: that of a gradient.
    private static string Variable(string name, Notation notation) =>
        name.StartsWith('∂') && name.Split("/∂") is [var above, var below] ? Derivative(notation, above[1..], below) : notation.Name(name);

    private static bool IsNegative(Symbol symbol) => symbol.Kind == SymbolKind.Negate || (symbol.Kind == SymbolKind.Number && symbol.Number < 0);

    private static int Precedence(Symbol symbol) => symbol.Kind switch
    {
        SymbolKind.Add or SymbolKind.Subtract => OfSum,
        SymbolKind.Multiply or SymbolKind.Divide or SymbolKind.Dot or SymbolKind.MatMul or SymbolKind.Hadamard or SymbolKind.Negate => OfProduct,
        SymbolKind.Power => OfPower,
        SymbolKind.Number when symbol.Number < 0 => OfSum,
        SymbolKind.Variable when symbol.Name.StartsWith('∂') || symbol.Name.EndsWith('\'') => OfPower,
        _ => OfAtom,
    };
}
