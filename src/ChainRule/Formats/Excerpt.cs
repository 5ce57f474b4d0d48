using System.Text;

namespace ChainRule.Formats;

/// <summary>A piece of a foreign file made fit for a message: one line, no control characters, not long.</summary>
internal static class Excerpt
{
    private const int Longest = 40;

    /// <summary>The text in quotes, cut after 40 characters.</summary>
    public static string Of(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, Longest)))
            quoted.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        return quoted.Append(text.Length > Longest ? "...'" : "'").ToString();
    }
}
