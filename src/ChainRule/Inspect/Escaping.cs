using System.Globalization;
using System.Net;
using System.Text;

namespace ChainRule.Inspect;

/// <summary>Makes text that comes from anywhere fit for each format: it is shown, and never obeyed.</summary>
internal static class Escaping
{
    /// <summary>One line, in which what has no picture or turns the direction of writing is a question mark in a diamond.</summary>
    public static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0) return text;
        var clean = new StringBuilder(text.Length);
        foreach (Rune letter in text.EnumerateRunes())
            clean.Append(letter.Value is '\n' or '\r' or '\t' ? " " : IsAllowed(letter) ? letter.ToString() : "\uFFFD");
        return clean.ToString();
    }

    /// <summary>For SVG and HTML, between tags and in quotes.</summary>
    public static string Markup(string text) => WebUtility.HtmlEncode(Clean(text));

    /// <summary>For a quoted string of DOT.</summary>
    public static string Dot(string text) => Clean(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>For a quoted label of Mermaid: what could be syntax there, or in the page around it, becomes a number.</summary>
    public static string Mermaid(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune letter in Clean(text).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(letter) || letter.Value is ' ' or '.' or ',' or '+' or '-' or '=' or '(' or ')' or '_' or '/')
                escaped.Append(letter);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"#{letter.Value};");
        }
        return escaped.ToString();
    }

    /// <summary>No longer than this, with an ellipsis where something is missing.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        int end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }

    private static bool IsAllowed(Rune letter) =>
        Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
