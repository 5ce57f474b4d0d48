namespace ChainRule.Explain.Symbols;

/// <summary>Derivatives and values of formulas. Loops over the table, so that depth costs no stack.</summary>
internal static class Calculus
{
    /// <summary>The formulas that a formula is made of, parts first, itself last.</summary>
    public static List<Symbol> Parts(Symbol root)
    {
        var isPart = new bool[root.Index + 1];
        isPart[root.Index] = true;
        var parts = new List<Symbol>();
        for (int i = root.Index; i >= 0; i--)
        {
            if (!isPart[i]) continue;
            Symbol symbol = root.Table.Symbols[i];
            parts.Add(symbol);
            if (symbol.HasLeft) isPart[symbol.Left.Index] = true;
            if (symbol.HasRight) isPart[symbol.Right.Index] = true;
        }
        parts.Reverse();
        return parts;
    }

    /// <summary>The derivative of a formula, given by its parts, by a variable in it.</summary>
    public static Symbol Derivative(List<Symbol> parts, Symbol variable)
    {
        Symbol zero = variable.Table.Number(0);
        var slopes = new Dictionary<Symbol, Symbol>(ReferenceEqualityComparer.Instance);
        foreach (Symbol part in parts)
        {
            Symbol left = part.HasLeft ? slopes[part.Left] : zero, right = part.HasRight ? slopes[part.Right] : zero;
            slopes[part] = part == variable ? variable.Table.Number(1) : Of(part, left, right);
        }
        return slopes[parts[^1]];
    }

    /// <summary>The value of a formula.</summary>
    /// <param name="parts">See <see cref="Parts"/>.</param>
    /// <param name="variable">The value of a variable.</param>
    public static double Value(List<Symbol> parts, Func<Symbol, double> variable)
    {
        var values = new Dictionary<Symbol, double>(ReferenceEqualityComparer.Instance);
        foreach (Symbol part in parts)
            values[part] = part.Kind == SymbolKind.Variable ? variable(part) : Of(part, part.HasLeft ? values[part.Left] : 0, part.HasRight ? values[part.Right] : 0);
        return values[parts[^1]];
    }

    private static Symbol Of(Symbol part, Symbol left, Symbol right)
    {
        Symbol zero = part.Table.Number(0);
        if (left.Is(0) && right.Is(0)) return zero;
        return part.Kind switch
        {
            SymbolKind.Add => left + right,
            SymbolKind.Subtract => left - right,
            SymbolKind.Negate => -left,
            SymbolKind.Multiply => left * part.Right + part.Left * right,
            SymbolKind.Divide when right.Is(0) => left / part.Right,
            SymbolKind.Divide => left / part.Right - part.Left * right / part.Right.Power(2),
            SymbolKind.Power => OfPower(part, left, right),
            SymbolKind.Apply when part.HasRight => OfChoice(part, left, right),
            SymbolKind.Apply => Functions.Of(part.Name).Slope(part.Left) * left,
            _ => zero,
        };
    }

    private static Symbol OfPower(Symbol part, Symbol left, Symbol right)
    {
        Symbol sum = part.Table.Number(0);
        if (!left.Is(0))
            sum += part.Right * part.Table.Power(part.Left, part.Right - part.Table.Number(1)) * left;
        if (!right.Is(0))
            sum += IsEuler(part.Left) ? part * right : part * part.Left.Apply("log") * right;
        return sum;
    }

    private static bool IsEuler(Symbol symbol) => symbol.Kind == SymbolKind.Constant && symbol.Number == Math.E;

    // Equal ones share: the convention of the library, too.
    private static Symbol OfChoice(Symbol part, Symbol left, Symbol right)
    {
        SymbolTable table = part.Table;
        double share = part.Number;
        return part.Name == "min"
            ? table.Larger(part.Right, part.Left, share) * left + table.Larger(part.Left, part.Right, 1 - share) * right
            : table.Larger(part.Left, part.Right, share) * left + table.Larger(part.Right, part.Left, 1 - share) * right;
    }

    private static double Of(Symbol part, double left, double right) => part.Kind switch
    {
        SymbolKind.Add => left + right,
        SymbolKind.Subtract => left - right,
        SymbolKind.Multiply => left * right,
        SymbolKind.Divide => left / right,
        SymbolKind.Power => Math.Pow(left, right),
        SymbolKind.Negate => -left,
        SymbolKind.Larger => left > right ? 1 : left < right ? 0 : left == right ? part.Number : double.NaN,
        SymbolKind.Apply when part.HasRight => part.Name == "max" ? Math.Max(left, right) : Math.Min(left, right),
        SymbolKind.Apply => Functions.Of(part.Name).Value(left),
        _ => part.Number,
    };
}
