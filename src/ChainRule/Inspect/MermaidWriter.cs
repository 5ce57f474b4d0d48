using System.Globalization;
using System.Text;

namespace ChainRule.Inspect;

/// <summary>A view in the language of Mermaid.</summary>
internal static class MermaidWriter
{
    public static string Write(GraphView view)
    {
        var text = new StringBuilder("flowchart TD\n");
        var modules = new ModuleStack();
        foreach (GraphViewNode node in view.Nodes)
        {
            modules.Enter(
                node.Enclosing,
                path => text.Append(CultureInfo.InvariantCulture, $"  subgraph m{modules.Count}[\"{Escaping.Mermaid(view.Modules.TryGetValue(path, out string? what) ? $"{path}: {what}" : path)}\"]\n"),
                () => text.Append("  end\n"));
            string label = string.Join("<br/>", new NodeText(node).Lines.Select(line => Escaping.Mermaid(line.Text)));
            (string open, string close) = node.IsSource ? ("([", "])") : ("[", "]");
            text.Append(CultureInfo.InvariantCulture, $"  n{node.Id}{open}\"{label}\"{close}\n");
        }
        modules.Enter("", _ => { }, () => text.Append("  end\n"));
        foreach (GraphViewEdge edge in view.Edges)
        {
            string label = Escaping.Mermaid(NodeText.Label(edge));
            text.Append(CultureInfo.InvariantCulture, $"  n{edge.From} -->{(label.Length == 0 ? "" : $"|\"{label}\"|")} n{edge.To}\n");
        }
        return text.ToString();
    }
}
