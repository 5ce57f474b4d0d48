namespace ChainRule.Explain;

/// <summary>What is wrong with an expression or with the values given for it, and where.</summary>
public sealed class ExpressionException : ArgumentException
{
    private const int WidestExcerpt = 70;

    internal ExpressionException(string problem, string text, int column) : base(problem) => (Text, Column) = (text, column);

    /// <summary>The text that was read: the expression, or the value of a variable.</summary>
    public string Text { get; }

    /// <summary>Where it is wrong: 1 for the first character; one more than the length if something is missing at the end.</summary>
    public int Column { get; }

    /// <summary>The text, or the part of it around the fault, and below it a caret that points at the column.</summary>
    public string Excerpt
    {
        get
        {
            int start = Math.Max(0, Math.Min(Column - 1 - WidestExcerpt / 2, Text.Length - WidestExcerpt));
            int end = Math.Min(Text.Length, start + WidestExcerpt);
            string shown = string.Concat(Text[start..end].Select(letter => char.IsControl(letter) ? ' ' : letter));
            string before = start > 0 ? "..." : "", after = end < Text.Length ? "..." : "";
            return $"{before}{shown}{after}\n{new string(' ', before.Length + Column - 1 - start)}^";
        }
    }
}
