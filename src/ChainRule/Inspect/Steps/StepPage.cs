using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChainRule.Inspect;

/// <summary>A recording as a page that needs nothing else. Its texts reach the page as data and are shown as text alone.</summary>
internal static class StepPage
{
    public static string Write(StepRecording recording, string title) => HtmlWriter.Filled(StepTemplate.Page, part => part switch
    {
        "title" => Escaping.Markup(title),
        "style" => SvgWriter.Style,
        "script" => StepScript.Text,
        "count" => recording.Count.ToString(CultureInfo.InvariantCulture),
        "drawing" => SvgWriter.WritePart(recording.ToDraw()),
        _ => Data(recording),
    });

    private static string Data(StepRecording recording)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("nodes");
            foreach (GraphViewNode node in recording.Graph.Nodes)
                json.WriteStringValue(Escaping.Clean(node.Name));
            json.WriteEndArray();
            json.WriteStartArray("tensors");
            foreach (StepTensor tensor in recording.Tensors)
                WriteTensor(json, recording, tensor);
            json.WriteEndArray();
            json.WriteStartArray("events");
            foreach (StepEvent happened in recording.Events)
                WriteEvent(json, happened);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    // [node, kind, name, [event, text, event, text, ...]]
    private static void WriteTensor(Utf8JsonWriter json, StepRecording recording, StepTensor tensor)
    {
        json.WriteStartArray();
        json.WriteNumberValue(tensor.Node);
        json.WriteStringValue(tensor.Kind.ToString().ToLowerInvariant());
        json.WriteStringValue(Escaping.Clean(tensor.Name));
        json.WriteStartArray();
        foreach (StepVersion version in recording.Versions(tensor.Id))
        {
            json.WriteNumberValue(version.Event);
            json.WriteStringValue(version.Shown.Text);
        }
        json.WriteEndArray();
        json.WriteEndArray();
    }

    // [kind, node, through or -1, text, [changes]]
    private static void WriteEvent(Utf8JsonWriter json, StepEvent happened)
    {
        json.WriteStartArray();
        json.WriteStringValue(happened.Kind.ToString().ToLowerInvariant());
        json.WriteNumberValue(happened.Node);
        json.WriteNumberValue(happened.Through ?? -1);
        json.WriteStringValue(Escaping.Clean(happened.Text));
        json.WriteStartArray();
        foreach (int tensor in happened.Changes)
            json.WriteNumberValue(tensor);
        json.WriteEndArray();
        json.WriteEndArray();
    }
}
