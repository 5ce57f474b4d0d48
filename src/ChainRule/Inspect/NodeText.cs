using System.Globalization;
using System.Text;

namespace ChainRule.Inspect;

/// <summary>What stands in the box of a node, line by line, and how large the box must be for it.</summary>
internal sealed class NodeText
{
    /// <summary>The letters of a line; all have one width.</summary>
    public const int MostLetters = 44;

    public const double LetterWidth = 7.25, LineHeight = 17, SidePadding = 12, EndPadding = 9, SmallLetterWidth = 6.7;

    private const int MostLabelLetters = 20, ShownLabels = 6;
    private const double LeastWidth = 84;

    public NodeText(GraphViewNode node)
    {
        List<(string Class, string Text)> lines = [("t", node.Title), ("f", Second(node)), ("d", node.Type)];
        if (node.Value is { } value)
            lines.Add(("v", value.Text));
        if (node.Gradient is { } gradient)
            lines.Add(("g", $"grad {gradient.Text}"));
        if (node.Note.Length > 0)
            lines.Add(("o", node.Note));
        Lines = [.. lines.Where(line => line.Text.Length > 0).Select(line => (line.Class, Shown(line.Text)))];
    }

    /// <summary>A class of the style sheet and the text, which is not escaped yet.</summary>
    public IReadOnlyList<(string Class, string Text)> Lines { get; }

    /// <summary>Room for the lines, and above it side by side for the labels of what goes in.</summary>
    public (double Width, double Height) Size(int inputs, double widestLabel)
    {
        double lines = Lines.Max(line => Letters(line.Text)) * LetterWidth + 2 * SidePadding;
        double labels = widestLabel == 0 ? 0 : (Math.Min(inputs, ShownLabels) + 1) * (widestLabel + 8);
        return (Math.Ceiling(Math.Max(LeastWidth, Math.Max(lines, labels))), Lines.Count * LineHeight + 2 * EndPadding);
    }

    /// <summary>What stands on an edge; empty for nothing.</summary>
    public static string Label(GraphViewEdge edge)
    {
        if (edge.LocalDerivative is not { } derivative) return "";
        bool isOne = derivative.Min == derivative.Max && derivative.NonFiniteCount == 0;
        string text = isOne ? derivative.Min.ToString("G4", CultureInfo.InvariantCulture) : derivative.Text;
        if (text.Length > MostLabelLetters && derivative.NonFiniteCount == 0)
            text = string.Create(CultureInfo.InvariantCulture, $"{derivative.Min:G3} … {derivative.Max:G3}");
        return $"∂ {Escaping.Cut(text, MostLabelLetters)}";
    }

    /// <summary>What stands on the sign for a source that is far away.</summary>
    public static string Sign(GraphViewNode node) => Shown($"↑ {node.Name}");

    /// <summary>How many columns a text takes: letters of East Asia and pictures take two.</summary>
    public static int Letters(string text)
    {
        int letters = 0;
        foreach (Rune letter in text.EnumerateRunes())
            letters += letter.Value >= 0x1100 && letter.Value is (<= 0x115F or >= 0x2E80 and not (>= 0xFB00 and <= 0xFE2F)) ? 2 : 1;
        return letters;
    }

    private static string Second(GraphViewNode node) => node.IsSource ? node.Operation : node.Formula;

    private static string Shown(string text) => Escaping.Cut(Escaping.Clean(text), MostLetters);
}
