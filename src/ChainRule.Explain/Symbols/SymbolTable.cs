namespace ChainRule.Explain.Symbols;

/// <summary>Makes formulas, simplifies them as they are made, and keeps each only once.</summary>
/// <param name="isLiteral">Whether formulas stay as they are written instead: for what the user wrote.</param>
internal sealed class SymbolTable(bool isLiteral = false)
{
    // Beyond this a number is no longer exact, and folding would hide it.
    private const double LargestFolded = 1e9;

    private readonly Dictionary<(SymbolKind, int, int, double, string), Symbol> _known = [];

    public List<Symbol> Symbols { get; } = [];

    public Symbol Number(double value) => Make(SymbolKind.Number, number: value == 0 ? 0 : value);

    public Symbol Constant(string name, double value) => Make(SymbolKind.Constant, number: value, name: name);

    /// <summary>A variable; two of the same name are told apart by their place.</summary>
    public Symbol Variable(string name, int place) => Make(SymbolKind.Variable, number: place, name: name);

    public Symbol Apply(string function, Symbol a) => Make(SymbolKind.Apply, a, name: function);

    /// <summary>The larger (max) or smaller (min) of two, and the part of the derivative that a gets where both are equal.</summary>
    public Symbol Apply(string function, Symbol a, Symbol b, double shareAtTie = 0.5) => Make(SymbolKind.Apply, a, b, shareAtTie, function);

    /// <summary>1 where a is larger than b, 0 where it is smaller, and what is given where both are equal.</summary>
    public Symbol Larger(Symbol a, Symbol b, double atTie) => Make(SymbolKind.Larger, a, b, atTie);

    /// <summary>A product of vectors or matrices, shown but not differentiated.</summary>
    public Symbol Opaque(SymbolKind kind, Symbol a, Symbol? b = null) => Make(kind, a, b);

    public Symbol Add(Symbol a, Symbol b)
    {
        if (isLiteral) return Make(SymbolKind.Add, a, b);
        if (a.Is(0)) return b;
        if (b.Is(0)) return a;
        if (AreNumbers(a, b)) return Number(a.Number + b.Number);
        if (b.Kind == SymbolKind.Negate) return Subtract(a, b.Left);
        if (b.Kind == SymbolKind.Number && b.Number < 0) return Subtract(a, Number(-b.Number));
        if (a.Kind == SymbolKind.Negate) return Subtract(b, a.Left);
        return a == b ? Multiply(Number(2), a) : Make(SymbolKind.Add, a, b);
    }

    public Symbol Subtract(Symbol a, Symbol b)
    {
        if (isLiteral) return Make(SymbolKind.Subtract, a, b);
        if (b.Is(0)) return a;
        if (a.Is(0)) return Negate(b);
        if (AreNumbers(a, b)) return Number(a.Number - b.Number);
        if (b.Kind == SymbolKind.Negate) return Add(a, b.Left);
        return a == b ? Number(0) : Make(SymbolKind.Subtract, a, b);
    }

    public Symbol Negate(Symbol a) => a.Kind switch
    {
        _ when isLiteral => Make(SymbolKind.Negate, a),
        SymbolKind.Number => Number(-a.Number),
        SymbolKind.Negate => a.Left,
        SymbolKind.Subtract => Subtract(a.Right, a.Left),
        SymbolKind.Multiply when a.Left.Kind == SymbolKind.Number => Multiply(Number(-a.Left.Number), a.Right),
        _ => Make(SymbolKind.Negate, a),
    };

    public Symbol Multiply(Symbol a, Symbol b)
    {
        if (isLiteral) return Make(SymbolKind.Multiply, a, b);
        if (a.Is(0) || b.Is(0)) return Number(0);
        if (a.Is(1)) return b;
        if (b.Is(1)) return a;
        if (AreNumbers(a, b)) return Number(a.Number * b.Number);
        if (a.Is(-1)) return Negate(b);
        if (b.Kind == SymbolKind.Number) return Multiply(b, a);
        if (a.Kind == SymbolKind.Negate) return Negate(Multiply(a.Left, b));
        if (b.Kind == SymbolKind.Negate) return Negate(Multiply(a, b.Left));
        if (b.Kind == SymbolKind.Multiply && b.Left.Kind == SymbolKind.Number) return Multiply(Multiply(a, b.Left), b.Right);
        if (a.Kind == SymbolKind.Multiply && a.Left.Kind == SymbolKind.Number && b.Kind != SymbolKind.Number) return Multiply(a.Left, Multiply(a.Right, b));
        if (b.Kind == SymbolKind.Divide && b.Left.Is(1)) return Divide(a, b.Right);
        if (a.Kind == SymbolKind.Divide && a.Left.Is(1)) return Divide(b, a.Right);
        return JoinPowers(a, b) ?? Make(SymbolKind.Multiply, a, b);
    }

    public Symbol Divide(Symbol a, Symbol b)
    {
        if (isLiteral) return Make(SymbolKind.Divide, a, b);
        if (a.Is(0) && !b.Is(0)) return a;
        if (b.Is(1)) return a;
        if (AreNumbers(a, b) && b.Number != 0 && Math.Abs(a.Number) < LargestFolded && a.Number % b.Number == 0) return Number(a.Number / b.Number);
        if (a.Kind == SymbolKind.Negate) return Negate(Divide(a.Left, b));
        if (b.Kind == SymbolKind.Negate) return Negate(Divide(a, b.Left));
        return Make(SymbolKind.Divide, a, b);
    }

    public Symbol Power(Symbol a, Symbol b)
    {
        if (isLiteral) return Make(SymbolKind.Power, a, b);
        if (b.Is(1)) return a;
        if (b.Is(0)) return Number(1);
        if (a.Is(1)) return a;
        if (AreNumbers(a, b) && b.Number > 0 && double.IsInteger(b.Number) && double.IsInteger(a.Number) && Math.Abs(Math.Pow(a.Number, b.Number)) < LargestFolded)
            return Number(Math.Pow(a.Number, b.Number));
        return Make(SymbolKind.Power, a, b);
    }

    private static bool AreNumbers(Symbol a, Symbol b) => a.Kind == SymbolKind.Number && b.Kind == SymbolKind.Number;

    // u·u, u·u^2 and u^2·u^3; only for exponents above 0, since 0^-1·0 is not 1.
    private Symbol? JoinPowers(Symbol a, Symbol b)
    {
        (Symbol baseOfA, double exponentOfA) = Split(a);
        (Symbol baseOfB, double exponentOfB) = Split(b);
        bool canJoin = baseOfA == baseOfB && exponentOfA > 0 && exponentOfB > 0 && baseOfA.Kind is not (SymbolKind.Number or SymbolKind.Larger);
        return canJoin ? Power(baseOfA, Number(exponentOfA + exponentOfB)) : null;
    }

    private static (Symbol Base, double Exponent) Split(Symbol a) =>
        a.Kind == SymbolKind.Power && a.Right.Kind == SymbolKind.Number ? (a.Left, a.Right.Number) : (a, 1);

    private Symbol Make(SymbolKind kind, Symbol? left = null, Symbol? right = null, double number = 0, string name = "")
    {
        var key = (kind, left?.Index ?? -1, right?.Index ?? -1, number, name);
        if (_known.TryGetValue(key, out Symbol? known)) return known;
        var symbol = new Symbol(this, Symbols.Count, kind, left, right, number, name);
        Symbols.Add(symbol);
        return _known[key] = symbol;
    }
}
