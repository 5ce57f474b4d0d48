using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChainRule.Inspect;

/// <summary>A page with the same graph at several levels: each module as one box, all of them open, repetitions folded, and each module alone.</summary>
internal sealed class HtmlWriter
{
    // What one can still look at; larger levels are drawn only if there is nothing smaller to begin with.
    private const int Comfortable = 60, MostNodes = 20_000, MostModules = 400;

    private readonly List<(string Key, string Label, GraphView View)> _levels = [];
    private readonly GraphView _view;

    private HtmlWriter(GraphView view)
    {
        _view = view;
        AddLevels();
        AddModules();
    }

    public static string Write(GraphView view, string title) => new HtmlWriter(view).Page(title);

    private void AddLevels()
    {
        int deepest = _view.Nodes.Count == 0 ? 0 : _view.Nodes.Max(node => node.Module.Length == 0 ? 0 : node.Module.Count(letter => letter == '.') + 1);
        for (int depth = 1; depth <= Math.Min(deepest, 6); depth++)
            AddLevel(string.Create(CultureInfo.InvariantCulture, $"depth{depth}"), depth == 1 ? "modules" : string.Create(CultureInfo.InvariantCulture, $"modules, {depth} deep"), _view.Collapse(depth));
        AddLevel("all", "all operations", _view);
        // Nothing is left out without need.
        _levels.RemoveAll(level => level.View.Nodes.Count > MostNodes && _levels[0].View.Nodes.Count < level.View.Nodes.Count);
    }

    private void AddLevel(string key, string label, GraphView view)
    {
        GraphView folded = view.Fold();
        if (folded.Nodes.Count < view.Nodes.Count)
            _levels.Add(($"{key}-folded", $"{label}, repetitions folded", folded));
        _levels.Add((key, label, view));
    }

    // A module alone: its operations, the modules in it as boxes, and what goes in.
    private void AddModules()
    {
        string[] paths = [.. _view.Nodes.Select(node => node.Module).Where(path => path.Length > 0).SelectMany(Prefixes).Distinct().Take(MostModules + 1)];
        if (paths.Length > MostModules) return;
        foreach (string path in paths)
            _levels.Add(($"module:{path}", path, ModulePart.Of(_view, path)));
    }

    private static IEnumerable<string> Prefixes(string path)
    {
        for (int depth = 1; Collapsing.Prefix(path, depth) is { } prefix; depth++)
            yield return prefix;
    }

    private string Page(string title)
    {
        (string Key, string Label, GraphView View)[] whole = [.. _levels.Where(level => !level.Key.StartsWith("module:", StringComparison.Ordinal))];
        string first = whole.Where(level => level.View.Nodes.Count <= Comfortable).DefaultIfEmpty(whole.MinBy(level => level.View.Nodes.Count)).MaxBy(level => level.View.Nodes.Count).Key;
        var choices = new StringBuilder();
        foreach ((string key, string label, GraphView view) in whole)
            choices.Append(CultureInfo.InvariantCulture, $"<option value=\"{key}\"{(key == first ? " selected" : "")}>{Escaping.Markup(label)} ({view.Nodes.Count})</option>");
        var drawings = new StringBuilder();
        foreach ((string key, string label, GraphView view) in _levels)
            drawings.Append(CultureInfo.InvariantCulture, $"<section data-level=\"{Escaping.Markup(key)}\" aria-label=\"{Escaping.Markup(label)}\" hidden>\n{SvgWriter.WritePart(view)}</section>\n");
        return Filled(HtmlTemplate.Page, part => part switch
        {
            "title" => Escaping.Markup(title),
            "style" => SvgWriter.Style,
            "script" => HtmlScript.Text,
            "choices" => choices.ToString(),
            "summary" => Escaping.Markup(Summary()),
            "drawings" => drawings.ToString(),
            _ => Details(),
        });
    }

    // In one pass: what is filled in may itself contain such brackets.
    public static string Filled(string template, Func<string, string> part)
    {
        string[] pieces = template.Split("{{");
        var page = new StringBuilder(pieces[0]);
        foreach (string piece in pieces[1..])
        {
            int end = piece.IndexOf("}}", StringComparison.Ordinal);
            page.Append(part(piece[..end])).Append(piece, end + 2, piece.Length - end - 2);
        }
        return page.ToString();
    }

    private string Summary() => string.Create(CultureInfo.InvariantCulture, $"{_view.Nodes.Sum(node => node.OperationCount)} operations, {_view.Nodes.Count(node => node.Kind == GraphViewNodeKind.Parameter)} parameters");

    // For each level the lines that the panel shows. This writer escapes all that a page could take for a tag.
    private string Details()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach ((string key, string _, GraphView view) in _levels)
            {
                json.WriteStartArray(Escaping.Clean(key));
                foreach (GraphViewNode node in view.Nodes)
                    WriteDetail(json, node);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private void WriteDetail(Utf8JsonWriter json, GraphViewNode node)
    {
        string module = _view.Modules.TryGetValue(node.Module, out string? what) && node.Module.Length > 0 ? $"{node.Module}: {what}" : node.Module;
        (string Name, string Value)[] lines =
        [
            ("", node.Title), ("name", node.Name), ("formula", node.Formula), ("type", node.Type), ("value", node.Value?.Text ?? ""), ("range", Range(node.Value)),
            ("gradient", node.Gradient?.Text ?? ""), ("module", module), ("note", node.Note),
        ];
        json.WriteStartArray();
        json.WriteStringValue(node.Kind == GraphViewNodeKind.Module ? Escaping.Clean(node.Module) : "");
        foreach ((string name, string value) in lines)
        {
            if (value.Length == 0) continue;
            json.WriteStringValue(name);
            json.WriteStringValue(Escaping.Clean(value));
        }
        json.WriteEndArray();
    }

    private static string Range(GraphValue? value) => value is not { Elements.Count: > 1 } || double.IsNaN(value.Mean) ? "" : string.Create(CultureInfo.InvariantCulture, $"min {value.Min:G6} mean {value.Mean:G6} max {value.Max:G6}");
}
