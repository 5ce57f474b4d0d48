using System.Globalization;
using System.Text;

namespace ChainRule.Cli.Runs;

/// <summary>The names of a table's columns, where its first line names them.</summary>
internal static class TableHeading
{
    /// <summary>The names, the class last; null where the first line is data, or counts and classes.</summary>
    public static IReadOnlyList<string>? Of(string file)
    {
        using var reader = new StreamReader(file, Encoding.UTF8);
        List<string> fields = Fields(reader.ReadLine() ?? "");
        bool isHeading = fields.Count > 1 && !fields.Any(field => float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return isHeading ? fields : null;
    }

    /// <summary>For each column that the model takes, its place in the table; null where their names are not the same.</summary>
    /// <param name="table">The table's names, the class last.</param>
    /// <param name="model">The names in the order of the model, the class last.</param>
    public static int[]? Order(IReadOnlyList<string> table, IReadOnlyList<string> model)
    {
        string[] known = [.. model.SkipLast(1)], given = [.. table.SkipLast(1)];
        if (known.SequenceEqual(given)) return [.. Enumerable.Range(0, given.Length)];
        bool isSame = known.Distinct().Count() == known.Length && known.Order(StringComparer.Ordinal).SequenceEqual(given.Order(StringComparer.Ordinal));
        return isSame ? [.. known.Select(name => Array.IndexOf(given, name))] : null;
    }

    // The table has been read already, so its quotes are closed.
    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            bool isTwice = isQuoted && line[i] == '"' && i + 1 < line.Length && line[i + 1] == '"';
            if (isTwice) field.Append(line[i++]);
            else if (line[i] == '"') isQuoted = !isQuoted;
            else if (line[i] == ',' && !isQuoted) Close();
            else field.Append(line[i]);
        }
        Close();
        return fields;

        void Close()
        {
            fields.Add(field.ToString().Trim());
            field.Clear();
        }
    }
}
