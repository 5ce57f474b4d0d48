using System.Globalization;
using System.Text;
using ChainRule.Formats;

namespace ChainRule.Inspect;

public sealed partial class StepRecording
{
    private static readonly Dictionary<string, Func<StepRecording, string>> Writers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = recording => recording.ToHtml(),
        [".json"] = recording => recording.ToJson(),
        [".txt"] = recording => recording.ToText(),
    };

    /// <summary>The endings of file names that <see cref="Save"/> knows: .html, .json, .txt.</summary>
    public static IReadOnlyCollection<string> Extensions => Writers.Keys;

    /// <summary>Writes the recording to a file, whole or not at all; the ending of its name says how.</summary>
    /// <exception cref="ArgumentException">The ending is none of <see cref="Extensions"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Writers.TryGetValue(Path.GetExtension(path), out Func<StepRecording, string>? write))
            throw new ArgumentException($"Save: a recording cannot be written as {Excerpt.Of(Path.GetFileName(path))}. End the name in one of {string.Join(", ", Extensions)}.", nameof(path));
        byte[] contents = Encoding.UTF8.GetBytes(write(this));
        AtomicFile.Write(path, stream => stream.Write(contents));
    }

    /// <summary>A page that needs nothing else: a slider, play, the sentence of each event, the graph and all tensors with what changed.</summary>
    /// <param name="title">Its heading.</param>
    public string ToHtml(string title = "A training step, event by event")
    {
        ArgumentNullException.ThrowIfNull(title);
        return StepPage.Write(this, title);
    }

    /// <summary>All that the recording knows, with each change of each tensor; of large tensors a summary.</summary>
    public string ToJson() => StepJson.Write(this);

    /// <summary>One line for each event.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        int width = Count.ToString(CultureInfo.InvariantCulture).Length;
        foreach (StepEvent happened in Events)
            text.Append(happened.Number.ToString(CultureInfo.InvariantCulture).PadLeft(width)).Append("  ").Append(happened.Kind.ToString().ToLowerInvariant().PadRight(10)).Append("  ").Append(Escaping.Clean(happened.Text)).Append('\n');
        return text.ToString();
    }

    /// <summary><see cref="ToText"/></summary>
    public override string ToString() => ToText();

    /// <summary>The graph with the longest texts that its nodes will have, so that its boxes have room for all of them.</summary>
    internal GraphView ToDraw()
    {
        GraphValue? Longest(int node, StepTensorKind kind) => TensorOf(node, kind) is { } tensor ? Versions(tensor.Id).MaxBy(version => version.Shown.Text.Length)?.Shown : null;
        GraphViewNode[] nodes = [.. Graph.Nodes.Select(node => node with { Value = Longest(node.Id, StepTensorKind.Value) ?? node.Value, Gradient = Longest(node.Id, StepTensorKind.Gradient) })];
        return new(nodes, [.. Graph.Edges], Graph.Modules);
    }
}
