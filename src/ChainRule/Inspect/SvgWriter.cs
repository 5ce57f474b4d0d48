using System.Globalization;
using System.Text;

namespace ChainRule.Inspect;

/// <summary>A view as a picture that needs nothing else, light or dark as the reader's system is.</summary>
internal sealed class SvgWriter
{
    /// <summary>The style of the drawing, here and in a page.</summary>
    public const string Style = """
        .graph { --paper: #ffffff; --box: #ffffff; --ink: #1f2328; --quiet: #57606a; --line: #8c959f; --grad: #b34700; --input: #0072b2; --parameter: #00785a; --constant: #6e7781; --operation: #8c959f; --module: #8250a8; --repeat: #8250a8; --group: rgba(130, 80, 168, 0.06); --edge: rgba(130, 80, 168, 0.45); }
        @media (prefers-color-scheme: dark) { .graph { --paper: #0d1117; --box: #161b22; --ink: #e6edf3; --quiet: #9da7b3; --line: #7d8590; --grad: #ffa657; --input: #56b4e9; --parameter: #3fc79a; --constant: #9198a1; --operation: #7d8590; --module: #c58af0; --repeat: #c58af0; --group: rgba(197, 138, 240, 0.08); --edge: rgba(197, 138, 240, 0.5); } }
        .graph { background: var(--paper); font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        .graph text { fill: var(--ink); white-space: pre; } .graph .t { font-weight: 700; } .graph .f, .graph .d, .graph .o { fill: var(--quiet); } .graph .g { fill: var(--grad); } .graph .o { font-style: italic; }
        .graph rect { fill: var(--box); stroke: var(--line); } .graph .n > rect { stroke: var(--operation); } .graph .n > path { fill: var(--operation); }
        .graph .input > rect { stroke: var(--input); } .graph .input > path { fill: var(--input); } .graph .parameter > rect { stroke: var(--parameter); } .graph .parameter > path { fill: var(--parameter); }
        .graph .constant > rect { stroke: var(--constant); stroke-dasharray: 4 3; } .graph .constant > path { fill: var(--constant); } .graph .module > rect, .graph .repeat > rect { stroke: var(--module); } .graph .module > path, .graph .repeat > path { fill: var(--module); }
        .graph .result > rect { stroke-width: 2.5; stroke: var(--ink); } .graph .e { fill: none; stroke: var(--line); stroke-width: 1.4; } .graph marker path { fill: var(--line); }
        .graph .l { font-size: 11px; text-anchor: middle; fill: var(--grad); } .graph .b { fill: var(--paper); stroke: none; }
        .graph .s rect { stroke-dasharray: 2 3; } .graph .s text { font-size: 11px; text-anchor: middle; fill: var(--quiet); }
        .graph .m rect { fill: var(--group); stroke: var(--edge); stroke-dasharray: 6 4; } .graph .m text { font-size: 11px; fill: var(--module); stroke: var(--paper); stroke-width: 4px; paint-order: stroke; stroke-linejoin: round; }
        """;

    private readonly GraphView _view;
    private readonly NodeText[] _texts;
    private readonly LayeredLayout _layout;
    private readonly StringBuilder _svg = new();

    private SvgWriter(GraphView view)
    {
        _view = view;
        _texts = [.. view.Nodes.Select(node => new NodeText(node))];
        _layout = Layout(view, _texts);
    }

    /// <summary>A whole file.</summary>
    public static string Write(GraphView view) => new SvgWriter(view).Written($"<style>\n{Style}\n</style>\n", isPart: false);

    /// <summary>The drawing alone, for a page that has the style; its nodes can be reached with the keyboard.</summary>
    public static string WritePart(GraphView view) => new SvgWriter(view).Written("", isPart: true);

    /// <summary>Where everything stands.</summary>
    public static LayeredLayout Layout(GraphView view, IReadOnlyList<NodeText> texts)
    {
        var inputs = new int[view.Nodes.Count];
        var labels = new double[view.Nodes.Count];
        foreach (GraphViewEdge edge in view.Edges)
        {
            inputs[edge.To]++;
            labels[edge.To] = Math.Max(labels[edge.To], NodeText.Letters(NodeText.Label(edge)) * NodeText.SmallLetterWidth);
        }
        (double, double)[] sizes = [.. texts.Select((text, i) => text.Size(inputs[i], labels[i]))];
        (int, int)[] edges = [.. view.Edges.Select(edge => (edge.From, edge.To))];
        return LayeredLayout.Of(sizes, edges, from => NodeText.Letters(NodeText.Sign(view.Nodes[from])) * NodeText.SmallLetterWidth + 16);
    }

    private string Written(string style, bool isPart)
    {
        string size = $"width=\"{Number(_layout.Width)}\" height=\"{Number(_layout.Height)}\" viewBox=\"0 0 {Number(_layout.Width)} {Number(_layout.Height)}\"";
        string count = $"A graph of {_view.Nodes.Count.ToString(CultureInfo.InvariantCulture)} nodes";
        _svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" {size} role=\"{(isPart ? "group" : "img")}\" aria-label=\"{count}\">\n{style}");
        if (!isPart)
            _svg.Append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
        foreach (ModuleOutline outline in ModuleOutline.Of(_view, _layout))
            AddOutline(outline);
        foreach (Route route in _layout.Routes)
            AddRoute(route);
        for (int i = 0; i < _texts.Length; i++)
            AddNode(_view.Nodes[i], _texts[i], _layout.Boxes[i], isPart);
        foreach ((int edge, Box box) in _layout.Signs)
            AddSign(_view.Nodes[_view.Edges[edge].From], box);
        foreach (Route route in _layout.Routes)
            AddLabel(route);
        return _svg.Append("</svg>\n").ToString();
    }

    private void AddOutline(ModuleOutline outline)
    {
        Box box = outline.Box;
        string name = Escaping.Markup(Escaping.Cut(Escaping.Clean(outline.Name), (int)Math.Max(4, (box.Width - 16) / NodeText.SmallLetterWidth)));
        _svg.Append(CultureInfo.InvariantCulture, $"<g class=\"m\">{Rectangle(box, 10)}<text x=\"{Number(box.X + 8)}\" y=\"{Number(box.Y + 13)}\">{name}</text></g>\n");
    }

    private void AddRoute(Route route)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"e\" marker-end=\"url(#arrow)\" data-from=\"{_view.Edges[route.Edge].From}\" data-to=\"{_view.Edges[route.Edge].To}\" d=\"M{Number(route.Points[0].X)} {Number(route.Points[0].Y)}");
        for (int i = 1; i < route.Points.Length; i++)
        {
            ((double x, double y), (double nextX, double nextY)) = (route.Points[i - 1], route.Points[i]);
            if (Math.Abs(x - nextX) < 0.05)
                _svg.Append(CultureInfo.InvariantCulture, $"V{Number(nextY)}");
            else
                _svg.Append(CultureInfo.InvariantCulture, $"C{Number(x)} {Number((y + nextY) / 2)} {Number(nextX)} {Number((y + nextY) / 2)} {Number(nextX)} {Number(nextY)}");
        }
        _svg.Append("\"/>\n");
    }

    private void AddNode(GraphViewNode node, NodeText text, Box box, bool isPart)
    {
        string kind = node.Kind.ToString().ToLowerInvariant();
        string reach = isPart ? $" tabindex=\"0\" role=\"button\" aria-label=\"{Escaping.Markup(Escaping.Cut(Summary(node), 200))}\"" : "";
        _svg.Append(CultureInfo.InvariantCulture, $"<g class=\"n {kind}{(node.IsResult ? " result" : "")}\" data-id=\"{node.Id}\"{reach}>");
        if (!isPart)
            _svg.Append(CultureInfo.InvariantCulture, $"<title>{Escaping.Markup(Escaping.Cut(Summary(node), 1000))}</title>");
        _svg.Append(Rectangle(box, 7));
        _svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Number(box.X)} {Number(box.Y + 7)}a7 7 0 0 1 5 -6.7v{Number(box.Height - 0.6)}a7 7 0 0 1 -5 -6.7z\"/>");
        for (int i = 0; i < text.Lines.Count; i++)
            _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{text.Lines[i].Class}\" x=\"{Number(box.X + NodeText.SidePadding)}\" y=\"{Number(box.Y + NodeText.EndPadding + NodeText.LineHeight * i + 12.5)}\">{Escaping.Markup(text.Lines[i].Text)}</text>");
        _svg.Append("</g>\n");
    }

    private void AddSign(GraphViewNode source, Box box)
    {
        string name = Escaping.Markup(NodeText.Sign(source));
        _svg.Append(CultureInfo.InvariantCulture, $"<g class=\"s\" data-source=\"{source.Id}\">{Rectangle(box, 10)}<text x=\"{Number(box.Middle)}\" y=\"{Number(box.Bottom - 6)}\">{name}</text></g>\n");
    }

    private void AddLabel(Route route)
    {
        string label = NodeText.Label(_view.Edges[route.Edge]);
        if (label.Length == 0) return;
        (double x, double y) = route.Points[^1];
        double width = NodeText.Letters(label) * NodeText.SmallLetterWidth + 4;
        _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"b\" x=\"{Number(x - width / 2)}\" y=\"{Number(y - 21)}\" width=\"{Number(width)}\" height=\"13\"/>");
        _svg.Append(CultureInfo.InvariantCulture, $"<text class=\"l\" x=\"{Number(x)}\" y=\"{Number(y - 11)}\">{Escaping.Markup(label)}</text>\n");
    }

    private static string Summary(GraphViewNode node)
    {
        string[] parts = [node.Title, node.Formula, node.Type, node.Value is null ? "" : $"= {node.Value}", node.Gradient is null ? "" : $"gradient {node.Gradient}", node.Module.Length == 0 ? "" : $"in {node.Module}", node.Note];
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    private static string Rectangle(Box box, double corner) =>
        $"<rect x=\"{Number(box.X)}\" y=\"{Number(box.Y)}\" width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" rx=\"{Number(corner)}\"/>";

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
