namespace ChainRule;

/// <summary>An equation of <see cref="Tensor.Einsum"/>: the labels of the axes of each operand and of the result.</summary>
/// <remarks>Letters are labels by their character; the axes that ... stands for are numbered -1, -2, ... from the last.</remarks>
internal sealed class EinsumEquation
{
    private const int Ellipsis = 0;

    private readonly string _text;

    private EinsumEquation(string text, Shape[] shapes)
    {
        _text = text;
        int arrow = text.IndexOf("->", StringComparison.Ordinal);
        string left = arrow < 0 ? text : text[..arrow];
        Operands = Split(left, shapes.Length);
        int hidden = 0;
        for (int i = 0; i < Operands.Length; i++)
            hidden = Math.Max(hidden, Unfold(i, shapes[i]));
        Result = arrow < 0 ? Implied(hidden) : Expanded(Labels(arrow + 2, text.Length), hidden);
        Check(arrow);
    }

    /// <summary>The labels of each operand's axes.</summary>
    public int[][] Operands { get; }

    /// <summary>The labels of the result's axes.</summary>
    public int[] Result { get; }

    /// <summary>Reads an equation for operands of these shapes.</summary>
    /// <exception cref="ArgumentException">The equation is not one; the message names the position.</exception>
    /// <exception cref="ShapeException">An operand has another number of axes than labels.</exception>
    public static EinsumEquation Parse(string equation, Shape[] shapes) => new(equation, shapes);

    private int[][] Split(string left, int count)
    {
        var operands = new List<int[]>();
        for (int start = 0; start <= left.Length;)
        {
            int comma = left.IndexOf(',', start);
            int end = comma < 0 ? left.Length : comma;
            operands.Add(Labels(start, end));
            start = end + 1;
        }
        if (operands.Count != count)
            throw new ArgumentException($"Einsum: the equation \"{_text}\" names {operands.Count} operands, but {count} are given.");
        return [.. operands];
    }

    // The letters between two positions, and 0 for an ellipsis.
    private int[] Labels(int start, int end)
    {
        var labels = new List<int>();
        for (int i = start; i < end; i++)
        {
            char c = _text[i];
            if (c == ' ') continue;
            if (char.IsAsciiLetter(c))
            {
                labels.Add(c);
                continue;
            }
            if (c != '.')
                throw Wrong(i, c is '-' or '>' ? "an arrow is written -> and stands once" : c == ',' ? "the result is one" : "labels are the letters a to z and A to Z");
            if (i + 2 >= end || _text[i + 1] != '.' || _text[i + 2] != '.')
                throw Wrong(i, "an ellipsis has three dots");
            if (labels.Contains(Ellipsis))
                throw Wrong(i, "an ellipsis stands once for each operand");
            labels.Add(Ellipsis);
            i += 2;
        }
        return [.. labels];
    }

    // Numbers the axes behind an operand's ellipsis and says how many they are.
    private int Unfold(int operand, Shape shape)
    {
        int[] labels = Operands[operand];
        bool hasEllipsis = Array.IndexOf(labels, Ellipsis) >= 0;
        int hidden = shape.Rank - labels.Length + (hasEllipsis ? 1 : 0);
        if (hidden < 0 || (hidden > 0 && !hasEllipsis))
            throw new ShapeException($"Einsum: operand {operand} of shape {shape} has {shape.Rank} axes, but \"{_text}\" gives it {labels.Length - (hasEllipsis ? 1 : 0)} labels{(hasEllipsis ? " beside the ellipsis" : "")}.");
        Operands[operand] = Expanded(labels, hidden);
        return hidden;
    }

    private static int[] Expanded(int[] labels, int hidden)
    {
        var all = new List<int>();
        foreach (int label in labels)
        {
            if (label != Ellipsis)
            {
                all.Add(label);
                continue;
            }
            for (int i = hidden; i > 0; i--)
                all.Add(-i);
        }
        return [.. all];
    }

    // Without an arrow: the ellipsis, then the letters that stand once, in their order.
    private int[] Implied(int hidden)
    {
        var counts = new int[128];
        foreach (int[] labels in Operands)
        {
            foreach (int label in labels)
                counts[Math.Max(label, 0)]++;
        }
        var result = new List<int>(Expanded([Ellipsis], hidden));
        for (int label = 1; label < counts.Length; label++)
        {
            if (counts[label] == 1)
                result.Add(label);
        }
        return [.. result];
    }

    private void Check(int arrow)
    {
        for (int i = 0; i < Result.Length; i++)
        {
            int label = Result[i];
            if (label < 0) continue;
            int at = _text.IndexOf((char)label, Math.Max(arrow, 0));
            if (Array.IndexOf(Result, label) != i)
                throw Wrong(_text.LastIndexOf((char)label), "a label stands once in the result");
            if (!Array.Exists(Operands, labels => Array.IndexOf(labels, label) >= 0))
                throw Wrong(at, "a label of the result must stand in an operand");
        }
    }

    private ArgumentException Wrong(int position, string why) =>
        new($"Einsum: '{_text[position]}' at position {position} of \"{_text}\": {why}.");
}
