namespace ChainRule.Explain.Parsing;

/// <summary>A node of the tree that was read.</summary>
/// <param name="kind">What it is.</param>
/// <param name="column">Where its sign, name or number stands; 1 for the first character.</param>
/// <param name="text">A number's digits, a variable's or function's name.</param>
/// <param name="children">The operands.</param>
internal sealed class Syntax(SyntaxKind kind, int column, string text = "", params Syntax[] children)
{
    public SyntaxKind Kind => kind;

    public int Column => column;

    public string Text => text;

    public Syntax[] Children => children;
}
