namespace ChainRule.Explain;

/// <summary>One formula in three notations.</summary>
/// <param name="Text">For a terminal: <c>3·u^2</c>.</param>
/// <param name="Latex">For LaTeX's math mode: <c>3 \cdot u^{2}</c>.</param>
/// <param name="MathMl">Presentation MathML without the enclosing <c>math</c> element; names are escaped.</param>
public sealed record Formula(string Text, string Latex, string MathMl)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
