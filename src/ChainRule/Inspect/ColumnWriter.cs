using System.Text;

namespace ChainRule.Inspect;

/// <summary>A view as a table for the terminal: formula, type, value, gradient, local derivatives.</summary>
internal static class ColumnWriter
{
    private const int WidestColumn = 44;

    public static string Write(GraphView view)
    {
        bool hasValue = view.Nodes.Any(node => node.Value is not null), hasGradient = view.Nodes.Any(node => node.Gradient is not null);
        bool hasDerivative = view.Edges.Any(edge => edge.LocalDerivative is not null), hasNote = view.Nodes.Any(node => node.Note.Length > 0);
        ILookup<int, GraphViewEdge> into = view.Edges.Where(edge => edge.LocalDerivative is not null).ToLookup(edge => edge.To);
        List<(string Title, Func<GraphViewNode, string> Cell)> columns = [("", First), ("type", node => node.Type)];
        if (hasValue)
            columns.Add(("value", node => node.Value?.Text ?? ""));
        if (hasGradient)
            columns.Add(("gradient", node => node.Gradient?.Text ?? ""));
        if (hasDerivative)
            columns.Add(("local derivatives", node => string.Join(", ", into[node.Id].Select(edge => $"∂/∂{view.Nodes[edge.From].Name} {edge.LocalDerivative}"))));
        if (hasNote)
            columns.Add(("", node => node.Note));
        return Table(view, columns);
    }

    private static string Table(GraphView view, List<(string Title, Func<GraphViewNode, string> Cell)> columns)
    {
        List<string[]> rows = [[.. columns.Select(column => column.Title)]];
        var modules = new ModuleStack();
        int depth = 0;
        foreach (GraphViewNode node in view.Nodes)
        {
            modules.Enter(node.Enclosing, path => rows.Add(Heading(view, path, depth++, columns.Count)), () => depth--);
            rows.Add([.. columns.Select((column, i) => new string(' ', i == 0 ? 2 * depth : 0) + Escaping.Cut(Escaping.Clean(column.Cell(node)), WidestColumn))]);
        }
        int[] widths = [.. Enumerable.Range(0, columns.Count).Select(column => rows.Max(row => NodeText.Letters(row[column])))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            var line = new StringBuilder();
            for (int i = 0; i < row.Length; i++)
                line.Append(row[i]).Append(' ', widths[i] - NodeText.Letters(row[i]) + 2);
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
        return text.ToString();
    }

    private static string[] Heading(GraphView view, string path, int depth, int columns)
    {
        var row = new string[columns];
        Array.Fill(row, "");
        string name = view.Modules.TryGetValue(path, out string? what) ? $"{path}: {what}" : path;
        row[0] = new string(' ', 2 * depth) + Escaping.Cut(Escaping.Clean(name), WidestColumn);
        return row;
    }

    private static string First(GraphViewNode node) => node.Kind switch
    {
        _ when node.IsSource => $"{node.Name} ({node.Operation})",
        GraphViewNodeKind.Operation => node.Formula,
        _ => $"{node.Title} ({node.Formula})",
    };
}
