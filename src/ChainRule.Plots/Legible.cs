using System.Text;

namespace ChainRule.Plots;

/// <summary>Makes any text fit to stand in a picture: one line, not too long, nothing that XML forbids.</summary>
internal static class Legible
{
    public static string Text(string text, int atMost)
    {
        var line = new StringBuilder();
        foreach (Rune letter in text.EnumerateRunes())
        {
            if (line.Length + letter.Utf16SequenceLength > atMost)
                return line.Append('…').ToString();
            line.Append(IsForbidden(letter) ? " " : letter.ToString());
        }
        return line.ToString();
    }

    // Marks that turn the direction of what follows could make a name look like another text.
    private static bool IsForbidden(Rune letter) => Rune.IsControl(letter) || letter.Value is
        (>= 0x200E and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x2028 or 0x2029 or 0xFFFE or 0xFFFF;
}
