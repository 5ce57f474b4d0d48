namespace ChainRule.Explain.Symbols;

/// <summary>How formulas are written: as text, in LaTeX or in MathML.</summary>
internal abstract class Notation
{
    /// <summary>Whether fractions and exponents are set apart, so that they need no parentheses.</summary>
    public abstract bool IsTwoDimensional { get; }

    public abstract string Number(double value);

    public abstract string Name(string name);

    public abstract string Function(string name, params string[] arguments);

    public abstract string Parenthesized(string inner);

    public abstract string Binary(SymbolKind kind, string left, string right);

    public abstract string Negated(string operand);

    public abstract string Transposed(string operand);

    /// <summary>1 where left is above right, in Iverson's bracket.</summary>
    public abstract string Larger(string left, string right);

    /// <summary>A derivative's name, ∂a/∂b.</summary>
    public abstract string Derivative(string above, string below);

    /// <summary>A second derivative's name, ∂²a/(∂b ∂c).</summary>
    public abstract string SecondDerivative(string above, string first, string second);
}
