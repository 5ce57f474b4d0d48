using ChainRule.Formats;

namespace ChainRule.Data;

/// <summary>What the first line of a file says about the others.</summary>
/// <param name="Width">The number of fields of a line of data.</param>
/// <param name="IsData">Whether the first line is itself data.</param>
/// <param name="Rows">The number of lines of data that the first line promises, or would promise if it were no data; or null.</param>
/// <param name="Columns">The number of features, likewise.</param>
/// <param name="ClassNames">The classes that it names, or null.</param>
/// <param name="ColumnNames">The columns that it names, or null.</param>
internal sealed record CsvHeader(int Width, bool IsData, long? Rows = null, long? Columns = null, IReadOnlyList<string>? ClassNames = null, IReadOnlyList<string>? ColumnNames = null)
{
    private const string Ambiguous = "this may be data or a header of rows, columns and classes: give the classes names that are not numbers";

    /// <summary>Reads the first line: rows, columns, class names; or names of columns; or data.</summary>
    /// <exception cref="FileFormatException">It is none of these.</exception>
    public static CsvHeader Of(CsvRow first)
    {
        int firstName = Enumerable.Range(0, first.Count).FirstOrDefault(column => !first.IsNumber(column), first.Count);
        bool isRestNames = !Enumerable.Range(firstName, first.Count - firstName).Any(first.IsNumber);
        if (first.Count < 2)
            throw first.Wrong("there are no commas; a line holds features and, last, the class, separated by commas");
        if (firstName == 2 && first.Count > 3 && isRestNames && first.Whole(0) is >= 0 and long rows && first.Whole(1) is >= 0 and long columns)
            return OfCounts(first, rows, columns);
        if (firstName == 0 && isRestNames)
            return new(first.Count, IsData: false, ColumnNames: [.. Enumerable.Range(0, first.Count).Select(first.Text)]);
        return firstName == first.Count ? new(first.Count, IsData: true, first.Whole(0), first.Whole(1)) : new(first.Count, IsData: true);
    }

    /// <summary>Refuses a line of another width.</summary>
    public void CheckWidth(CsvRow row)
    {
        if (IsData && row.Count != Width && row.Count == Columns + 1)
            throw row.WrongInLine(1, Ambiguous);
        row.RequireCount(Width);
    }

    /// <summary>Refuses another number of lines of data than promised, and a first line that fits both readings: it must not be guessed at.</summary>
    public void CheckCount(CsvRow row, long count)
    {
        if (IsData && Rows == count - 1 && Columns == Width - 1)
            throw row.WrongInLine(1, Ambiguous);
        if (count == 0)
            throw row.WrongInLine(1, "no line of data follows");
        if (!IsData && Rows is { } promised && promised != count)
            throw row.WrongInLine(1, $"{promised} lines of data are promised, but {count} follow");
    }

    private static CsvHeader OfCounts(CsvRow first, long rows, long columns)
    {
        string[] names = [.. Enumerable.Range(2, first.Count - 2).Select(first.Text)];
        int twice = Enumerable.Range(0, names.Length).FirstOrDefault(i => names[i].Length == 0 || names.AsSpan(0, i).Contains(names[i]), -1);
        if (twice >= 0)
            throw first.Wrong(twice + 2, names[twice].Length == 0 ? "the class has no name" : "the class is named twice");
        return columns is > 0 and < CsvLines.LongestLine
            ? new((int)columns + 1, IsData: false, rows, columns, names)
            : throw first.Wrong(1, $"{columns} columns are not possible");
    }
}
