using System.Text;

namespace ChainRule.Explain.Writing;

/// <summary>Lines whose cells stand below one another; a line that is too wide goes on below, indented.</summary>
/// <param name="width">The letters in a line.</param>
/// <param name="isPlain">Whether only the letters of ASCII may be used.</param>
internal sealed class Grid(int width, bool isPlain)
{
    private const int Indent = 2, Gap = 2;

    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(isPlain ? Array.ConvertAll(cells, AsciiText.Of) : cells);

    public void WriteTo(StringBuilder page)
    {
        if (_rows.Count == 0) return;
        var widths = new int[_rows.Max(row => row.Length)];
        // A cell that is very wide does not push the cells of all other lines away.
        int most = Math.Max(12, width / 2);
        foreach (string[] row in _rows)
        {
            for (int i = 0; i < row.Length; i++)
                widths[i] = Math.Max(widths[i], row[i].Length <= most ? row[i].Length : 0);
        }
        foreach (string[] row in _rows)
            WriteRow(page, row, widths);
    }

    private void WriteRow(StringBuilder page, string[] row, int[] widths)
    {
        var line = new StringBuilder(new string(' ', Indent));
        for (int i = 0; i < row.Length; i++)
        {
            bool isFirst = line.ToString().Trim().Length == 0;
            if (!isFirst && line.Length + row[i].Length > width)
            {
                page.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(' ', 3 * Indent);
            }
            line.Append(i < row.Length - 1 ? row[i].PadRight(widths[i] + Gap) : row[i]);
        }
        page.Append(line.ToString().TrimEnd()).Append('\n');
    }
}
