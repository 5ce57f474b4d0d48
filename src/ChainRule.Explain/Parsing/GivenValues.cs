using System.Globalization;
using System.Text.Json;

namespace ChainRule.Explain.Parsing;

/// <summary>Reads values as they are given on a command line: <c>x=2</c>, <c>w=[0.5,-0.2]</c>, <c>W=[[1,2],[3,4]]</c>.</summary>
internal static class GivenValues
{
    public static (string Name, Tensor Value) Read(string text)
    {
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        if (sign < 0)
            throw new ExpressionException($"\"{text}\" gives no variable a value. Write name=value, such as x=2 or w=[0.5,-0.2].", text, text.Length + 1);
        string name = text[..sign].Trim(), value = text[(sign + 1)..].Trim();
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_') || !name.All(letter => char.IsLetterOrDigit(letter) || letter == '_'))
            throw new ExpressionException($"\"{name}\" is not the name of a variable: a letter, then letters, digits and _.", text, 1);
        int column = text.IndexOf(value, sign + 1, StringComparison.Ordinal) + 1;
        return (name, value.StartsWith('[') ? Array(name, value, text, column) : Number(name, value, text, column));
    }

    private static Tensor Number(string name, string value, string text, int column) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number
        : throw new ExpressionException($"\"{value}\" is not a number. Write {name}=2, {name}=[1,2] for a vector or {name}=[[1,2],[3,4]] for a matrix.", text, column);

    private static Tensor Array(string name, string value, string text, int column)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(value, new JsonDocumentOptions { MaxDepth = 8 });
            JsonElement root = document.RootElement;
            if (root.GetArrayLength() == 0)
                throw new ExpressionException($"{name} is empty.", text, column);
            if (root[0].ValueKind != JsonValueKind.Array)
                return Tensor.From<double>(Row(root, name, text, column), [root.GetArrayLength()]);
            double[][] rows = [.. root.EnumerateArray().Select(row => Row(row, name, text, column))];
            if (rows.Any(row => row.Length != rows[0].Length))
                throw new ExpressionException($"the rows of {name} have different lengths: {string.Join(", ", rows.Select(row => row.Length))}.", text, column);
            return Tensor.From<double>(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
        }
        catch (JsonException error)
        {
            throw new ExpressionException($"the value of {name} is not a vector or matrix; write {name}=[1,2] or {name}=[[1,2],[3,4]].", text, column + (int)(error.BytePositionInLine ?? 0));
        }
    }

    private static double[] Row(JsonElement row, string name, string text, int column)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() == 0)
            throw new ExpressionException($"the rows of {name} must each be a list of numbers.", text, column);
        return [.. row.EnumerateArray().Select(number => number.ValueKind == JsonValueKind.Number && double.IsFinite(number.GetDouble()) ? number.GetDouble()
            : throw new ExpressionException($"{name} holds {number.GetRawText()}, which is not a number (vectors and matrices only, no deeper lists).", text, column))];
    }
}
