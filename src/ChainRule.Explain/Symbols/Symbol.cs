namespace ChainRule.Explain.Symbols;

/// <summary>A formula of double numbers, made by a <see cref="SymbolTable"/>; equal formulas of one table are the same object.</summary>
internal sealed class Symbol(SymbolTable table, int index, SymbolKind kind, Symbol? left, Symbol? right, double number, string name)
{
    /// <summary>Its place in the table; the parts of a formula come before it.</summary>
    public int Index => index;

    public SymbolTable Table => table;

    public SymbolKind Kind => kind;

    public Symbol Left => left!;

    public Symbol Right => right!;

    public bool HasLeft => left is not null;

    public bool HasRight => right is not null;

    public double Number => number;

    /// <summary>Of a variable, a constant or a function.</summary>
    public string Name => name;

    public bool Is(double value) => kind == SymbolKind.Number && number == value;

    public static Symbol operator +(Symbol a, Symbol b) => a.Table.Add(a, b);

    public static Symbol operator -(Symbol a, Symbol b) => a.Table.Subtract(a, b);

    public static Symbol operator *(Symbol a, Symbol b) => a.Table.Multiply(a, b);

    public static Symbol operator /(Symbol a, Symbol b) => a.Table.Divide(a, b);

    public static Symbol operator -(Symbol a) => a.Table.Negate(a);

    public static Symbol operator +(double a, Symbol b) => b.Table.Add(b.Table.Number(a), b);

    public static Symbol operator -(double a, Symbol b) => b.Table.Subtract(b.Table.Number(a), b);

    public static Symbol operator *(double a, Symbol b) => b.Table.Multiply(b.Table.Number(a), b);

    public static Symbol operator /(double a, Symbol b) => b.Table.Divide(b.Table.Number(a), b);

    public Symbol Power(double exponent) => table.Power(this, table.Number(exponent));

    public Symbol Apply(string function) => table.Apply(function, this);
}
