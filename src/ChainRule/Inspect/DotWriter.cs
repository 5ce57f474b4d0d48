using System.Globalization;
using System.Text;

namespace ChainRule.Inspect;

/// <summary>A view in the language of Graphviz.</summary>
internal static class DotWriter
{
    public static string Write(GraphView view)
    {
        var dot = new StringBuilder("digraph {\n  rankdir=TB;\n  node [shape=box, style=rounded, fontname=\"monospace\", fontsize=11];\n  edge [fontname=\"monospace\", fontsize=10];\n");
        var modules = new ModuleStack();
        foreach (GraphViewNode node in view.Nodes)
        {
            modules.Enter(
                node.Enclosing,
                path => dot.Append(CultureInfo.InvariantCulture, $"  subgraph cluster_{modules.Count} {{\n  label=\"{Escaping.Dot(Named(view, path))}\";\n"),
                () => dot.Append("  }\n"));
            string label = string.Join("\\n", new NodeText(node).Lines.Select(line => Escaping.Dot(line.Text)));
            string shape = node.IsSource ? ", style=\"rounded,dashed\"" : node.IsResult ? ", penwidth=2" : "";
            dot.Append(CultureInfo.InvariantCulture, $"  n{node.Id} [label=\"{label}\"{shape}];\n");
        }
        modules.Enter("", _ => { }, () => dot.Append("  }\n"));
        foreach (GraphViewEdge edge in view.Edges)
        {
            string label = NodeText.Label(edge);
            dot.Append(CultureInfo.InvariantCulture, $"  n{edge.From} -> n{edge.To}{(label.Length == 0 ? "" : $" [label=\"{Escaping.Dot(label)}\"]")};\n");
        }
        return dot.Append("}\n").ToString();
    }

    private static string Named(GraphView view, string path) => view.Modules.TryGetValue(path, out string? what) ? $"{path}: {what}" : path;
}
