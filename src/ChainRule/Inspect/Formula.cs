using System.Globalization;
using System.Numerics;
using System.Text;

namespace ChainRule.Inspect;

/// <summary>An operation as one writes it down: v3 = v1 + b, v4 = sum(v3; axes 0).</summary>
internal static class Formula
{
    private const int ShownOperands = 4, LongestName = 24;

    /// <param name="op">The operation.</param>
    /// <param name="parameters">What <see cref="Parameters"/> says of it.</param>
    /// <param name="result">The name of what comes out.</param>
    /// <param name="operands">The names of what goes in.</param>
    public static string Of(Op op, string parameters, string result, IReadOnlyList<string> operands)
    {
        string[] x = [.. operands.Take(ShownOperands).Select(Shortened)];
        if (op.Sign is { } sign && operands.Count <= 2)
            return $"{Shortened(result)} = {(x.Length == 2 ? $"{x[0]} {sign} {x[1]}" : sign + x[0])}";
        string more = operands.Count > ShownOperands ? string.Create(CultureInfo.InvariantCulture, $", … {operands.Count - ShownOperands} more") : "";
        return $"{Shortened(result)} = {Function(op.Name)}({string.Join(", ", x)}{more}{(parameters.Length == 0 ? "" : $"; {parameters}")})";
    }

    /// <summary>What an operation was made with: <c>axes 0, 1</c>, <c>axis 1, size 3</c>.</summary>
    public static string Parameters(Op op)
    {
        string text = op.ToString();
        int open = text.IndexOf('{', StringComparison.Ordinal);
        if (open < 0) return "";
        List<string> words = [];
        foreach (string part in Parts(text[(open + 1)..^1].Trim()))
        {
            int equals = part.IndexOf(" = ", StringComparison.Ordinal);
            if (equals > 0 && Parameter(part[..equals].Trim(), part[(equals + 3)..].Trim()) is { } word)
                words.Add(word);
        }
        return string.Join(", ", words);
    }

    // What a record prints beside the parameters says nothing about the operation, and what prints as a type says nothing at all.
    private static string? Parameter(string name, string value)
    {
        if (name is nameof(Op.Name) or nameof(Op.Keeps) or nameof(Op.IsDifferentiable) or nameof(Op.Sign) or "Kernel") return null;
        if (value.Length == 0 || value.StartsWith("System.", StringComparison.Ordinal) || value.StartsWith("ChainRule.", StringComparison.Ordinal)) return null;
        // Axes stand in a mask, one bit for each.
        if (name is "Over" or "Reversed" && uint.TryParse(value, CultureInfo.InvariantCulture, out uint mask))
            return $"{(BitOperations.PopCount(mask) == 1 ? "axis" : "axes")} {string.Join(", ", Enumerable.Range(0, 32).Where(axis => (mask >> axis & 1) == 1))}";
        return $"{Function(name)} {value}";
    }

    // At commas that stand in no brackets.
    private static List<string> Parts(string text)
    {
        List<string> parts = [];
        int depth = 0, start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '[' or '{' or '(' => 1, ']' or '}' or ')' => -1, _ => 0 };
            if (text[i] != ',' || depth != 0) continue;
            parts.Add(text[start..i]);
            start = i + 1;
        }
        parts.Add(text[start..]);
        return parts;
    }

    private static string Function(string name)
    {
        var text = new StringBuilder(name);
        text[0] = char.ToLowerInvariant(text[0]);
        return text.ToString();
    }

    private static string Shortened(string name) => name.Length <= LongestName ? name : $"{name[..(LongestName - 1)]}…";
}
