using System.Text;

namespace ChainRule;

/// <summary>The result of a <see cref="GradientTrace"/>: one row for each parameter.</summary>
/// <param name="Rows">In the order in which the parameters were given.</param>
public sealed record GradientTraceReport(IReadOnlyList<GradientTraceRow> Rows)
{
    /// <summary>Whether a gradient reaches every parameter.</summary>
    public bool AllReached => Rows.All(row => row.Reached);

    /// <summary>A table: name, shape, whether a gradient arrives, what keeps it away; and below it how to mend that.</summary>
    public override string ToString()
    {
        List<string[]> cells = [["parameter", "shape", "gradient", "kept away by"]];
        cells.AddRange(Rows.Select(row => (string[])[row.Name, row.Shape.ToString(), row.Reached ? "arrives" : "none", row.Reason]));
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in cells)
            text.Append($"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadRight(widths[2])}  {row[3]}".TrimEnd()).Append('\n');
        foreach (IGrouping<string, GradientTraceRow> sameAdvice in Rows.Where(row => !row.Reached).GroupBy(row => row.Advice))
            text.Append($"\n{string.Join(", ", sameAdvice.Select(row => row.Name))}: {sameAdvice.Key}");
        return text.ToString().TrimEnd();
    }
}
