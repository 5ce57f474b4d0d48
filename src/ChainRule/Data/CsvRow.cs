using System.Globalization;
using System.Text;
using ChainRule.Formats;

namespace ChainRule.Data;

/// <summary>The fields of the current line of a file with values separated by commas; a field may stand in quotes.</summary>
internal sealed class CsvRow(CsvLines lines)
{
    private readonly List<Range> _fields = [];

    /// <summary>The number of fields.</summary>
    public int Count => _fields.Count;

    /// <summary>Goes to the next line.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="FileFormatException">A quote without its end, or whatever is wrong with the line.</exception>
    public bool Next()
    {
        if (!lines.Next())
            return false;
        Split();
        return true;
    }

    /// <summary>Refuses a line with another number of fields.</summary>
    public void RequireCount(int expected)
    {
        if (Count < expected)
            throw Wrong(Count, $"the field is missing: the line has {Count} of {expected} fields");
        if (Count > expected)
            throw Wrong(expected, $"the field is one too many: the line has {Count} fields instead of {expected}");
    }

    /// <summary>Whether a field is a number, finite or not.</summary>
    public bool IsNumber(int column) => float.TryParse(Bytes(column), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>A field as a finite number.</summary>
    public float Number(int column)
    {
        if (!float.TryParse(Bytes(column), NumberStyles.Float, CultureInfo.InvariantCulture, out float number))
            throw Wrong(column, Bytes(column).IsEmpty ? "the field is empty" : $"{Excerpt.Of(Text(column))} is not a number");
        return float.IsFinite(number) ? number : throw Wrong(column, $"{Excerpt.Of(Text(column))} is not a finite number in float32");
    }

    /// <summary>A field as a whole number, however it is written, or null.</summary>
    public long? Whole(int column)
    {
        const double ExactUpTo = 1L << 53;
        bool isNumber = double.TryParse(Bytes(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        return isNumber && Math.Abs(number) <= ExactUpTo && number == Math.Floor(number) ? (long)number : null;
    }

    /// <summary>A field as text.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column)).Replace("\"\"", "\"", StringComparison.Ordinal);

    /// <summary>What is wrong with a field, counted from 0.</summary>
    public FileFormatException Wrong(int column, string problem) =>
        FileFormatException.AtColumn(lines.Path, lines.Number, column + 1, problem);

    /// <summary>What is wrong with the line.</summary>
    public FileFormatException Wrong(string problem) => WrongInLine(lines.Number, problem);

    /// <summary>What is wrong with a line before.</summary>
    public FileFormatException WrongInLine(long number, string problem) => FileFormatException.AtLine(lines.Path, number, problem);

    private ReadOnlySpan<byte> Bytes(int column) => lines.Current[_fields[column]].Trim(" \t"u8);

    private void Split()
    {
        _fields.Clear();
        ReadOnlySpan<byte> line = lines.Current;
        for (int start = 0; start <= line.Length;)
        {
            int end = line[start..].TrimStart(" \t"u8).StartsWith("\""u8) ? AfterQuotes(line, start) : AfterPlain(line, start);
            start = end + 1;
        }
    }

    private int AfterPlain(ReadOnlySpan<byte> line, int start)
    {
        int length = line[start..].IndexOf((byte)',');
        int end = length < 0 ? line.Length : start + length;
        _fields.Add(start..end);
        return end;
    }

    private int AfterQuotes(ReadOnlySpan<byte> line, int start)
    {
        int open = start + line[start..].IndexOf((byte)'"') + 1;
        int close = open;
        while (close < line.Length && (line[close] != '"' || IsDoubled(line, close)))
            close += line[close] == '"' ? 2 : 1;
        _fields.Add(open..Math.Min(close, line.Length));
        if (close >= line.Length)
            throw Wrong(Count - 1, "the quote is not closed on this line");
        int rest = line[(close + 1)..].IndexOf((byte)',');
        int end = rest < 0 ? line.Length : close + 1 + rest;
        if (!line[(close + 1)..end].Trim(" \t"u8).IsEmpty)
            throw Wrong(Count - 1, "something stands between the closing quote and the comma");
        return end;
    }

    private static bool IsDoubled(ReadOnlySpan<byte> line, int quote) => quote + 1 < line.Length && line[quote + 1] == '"';
}
