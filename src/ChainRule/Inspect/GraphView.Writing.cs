using System.Text;
using ChainRule.Formats;

namespace ChainRule.Inspect;

public sealed partial class GraphView
{
    private static readonly Dictionary<string, Func<GraphView, string>> Writers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".svg"] = view => view.ToSvg(),
        [".html"] = view => view.ToHtml(),
        [".dot"] = view => view.ToDot(),
        [".mmd"] = view => view.ToMermaid(),
        [".json"] = view => view.ToJson(),
        [".txt"] = view => view.ToText(),
    };

    /// <summary>The endings of file names that <see cref="Save"/> knows: .svg, .html, .dot, .mmd, .json, .txt.</summary>
    public static IReadOnlyCollection<string> Extensions => Writers.Keys;

    /// <summary>Writes the view to a file, whole or not at all; the ending of its name says how.</summary>
    /// <exception cref="ArgumentException">The ending is none of <see cref="Extensions"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string extension = Path.GetExtension(path);
        if (!Writers.TryGetValue(extension, out Func<GraphView, string>? write))
            throw new ArgumentException($"Save: a graph cannot be written as {Excerpt.Of(Path.GetFileName(path))}. End the name in one of {string.Join(", ", Extensions)}.", nameof(path));
        byte[] contents = Encoding.UTF8.GetBytes(write(this));
        AtomicFile.Write(path, stream => stream.Write(contents));
    }

    /// <summary>A picture that needs nothing else, light or dark as the reader's system is.</summary>
    public string ToSvg() => SvgWriter.Write(this);

    /// <summary>A page that needs nothing else: pan, zoom, details, levels of modules, repetitions folded; all by mouse or keyboard.</summary>
    /// <param name="title">Its heading.</param>
    public string ToHtml(string title = "Computation graph")
    {
        ArgumentNullException.ThrowIfNull(title);
        return HtmlWriter.Write(this, title);
    }

    /// <summary>For Graphviz and its kin.</summary>
    public string ToDot() => DotWriter.Write(this);

    /// <summary>For Markdown that draws Mermaid.</summary>
    public string ToMermaid() => MermaidWriter.Write(this);

    /// <summary>All that the view knows.</summary>
    public string ToJson() => JsonWriter.Write(this);

    /// <summary>A table, one line for each node, indented by module.</summary>
    public string ToText() => ColumnWriter.Write(this);

    /// <summary><see cref="ToText"/></summary>
    public override string ToString() => ToText();
}
