using System.Runtime.InteropServices;
using ChainRule.Formats;

namespace ChainRule.Data;

/// <summary>
/// Data sets in text files: a line for each example, its features and last its class, separated by commas. The first line may be
/// <c>rows,columns,class,class,...</c>, where the classes are then numbers from 0; or names of the columns; or data.
/// </summary>
/// <remarks>Numbers are read with a decimal point, whatever the system's language.</remarks>
public static class CsvFile
{
    /// <summary>Reads a data set.</summary>
    /// <exception cref="FileFormatException">Something in the file is wrong; the message names the file, the line and the column.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Dataset Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path, Path.GetFileNameWithoutExtension(path));
    }

    /// <summary>Reads only the features of examples, for instance to predict their classes: a class at the end of the lines is left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The number of features; a line has that many fields, or one more.</param>
    /// <returns>float32 of shape [examples, columns].</returns>
    /// <exception cref="FileFormatException">Something in the file is wrong; the message names the file, the line and the column.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Tensor ReadFeatures(string path, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        using FileStream stream = File.OpenRead(path);
        (CsvRow row, CsvHeader header) = Open(stream, path);
        if (header.Width != columns && header.Width != columns + 1)
            throw row.Wrong($"a line has {header.Width} fields, but {columns} features, or {columns} and a class, are expected");
        return ReadRows(row, header, columns, _ => { });
    }

    /// <summary>The names of the columns, the class last, where the first line of a file gives them.</summary>
    /// <returns>Null where the first line is data, or numbers of rows and columns and the classes.</returns>
    /// <exception cref="FileFormatException">The first line is wrong; the message names the file, the line and the column.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<string>? ReadColumnNames(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Open(stream, path).Header.ColumnNames;
    }

    internal static Dataset Read(Stream stream, string path, string name, string description = "")
    {
        (CsvRow row, CsvHeader header) = Open(stream, path);
        var classes = new CsvClasses(header.ClassNames);
        Tensor inputs = ReadRows(row, header, header.Width - 1, classes.Add);
        (Tensor labels, IReadOnlyList<string> classNames) = classes.ToLabels();
        return new(name, inputs, labels, classNames, description);
    }

    private static (CsvRow Row, CsvHeader Header) Open(Stream stream, string path)
    {
        var row = new CsvRow(new CsvLines(stream, path));
        return row.Next() ? (row, CsvHeader.Of(row)) : throw FileFormatException.AtLine(path, 1, "the file is empty");
    }

    private static Tensor ReadRows(CsvRow row, CsvHeader header, int columns, Action<CsvRow> takeClass)
    {
        var features = new List<float>();
        long count = 0;
        for (bool isThere = header.IsData || row.Next(); isThere; isThere = row.Next(), count++)
        {
            header.CheckWidth(row);
            if (features.Count > Array.MaxLength - columns)
                throw row.Wrong("the file has more numbers than fit into one tensor");
            for (int column = 0; column < columns; column++)
                features.Add(row.Number(column));
            takeClass(row);
        }
        header.CheckCount(row, count);
        return Tensor.From<float>(CollectionsMarshal.AsSpan(features), [count, columns]);
    }
}
