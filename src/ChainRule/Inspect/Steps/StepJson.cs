using System.Text;
using System.Text.Json;

namespace ChainRule.Inspect;

/// <summary>A recording as JSON: tensors with all their changes, and events.</summary>
internal static class StepJson
{
    public static string Write(StepRecording recording)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray("tensors");
            foreach (StepTensor tensor in recording.Tensors)
                Write(json, recording, tensor);
            json.WriteEndArray();
            json.WriteStartArray("events");
            foreach (StepEvent happened in recording.Events)
                Write(json, happened);
            json.WriteEndArray();
            json.WritePropertyName("graph");
            json.WriteRawValue(recording.Graph.ToJson());
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, StepRecording recording, StepTensor tensor)
    {
        json.WriteStartObject();
        json.WriteNumber("id", tensor.Id);
        json.WriteNumber("node", tensor.Node);
        json.WriteString("kind", tensor.Kind.ToString().ToLowerInvariant());
        json.WriteString("name", Escaping.Clean(tensor.Name));
        json.WriteString("dtype", tensor.DType.Lower());
        json.WriteStartArray("shape");
        foreach (long size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("versions");
        foreach (StepVersion version in recording.Versions(tensor.Id))
        {
            json.WriteStartObject();
            json.WriteNumber("event", version.Event);
            JsonWriter.Write(json, "value", version.Shown);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StepEvent happened)
    {
        json.WriteStartObject();
        json.WriteNumber("number", happened.Number);
        json.WriteString("kind", happened.Kind.ToString().ToLowerInvariant());
        json.WriteNumber("node", happened.Node);
        if (happened.Through is { } through)
        {
            json.WriteNumber("through", through);
            json.WriteNumber("operand", happened.Operand);
        }
        json.WriteString("text", Escaping.Clean(happened.Text));
        json.WriteString("formula", Escaping.Clean(happened.Formula));
        if (happened.LocalFormula.Length > 0)
            json.WriteString("localFormula", Escaping.Clean(happened.LocalFormula));
        JsonWriter.Write(json, "localDerivative", happened.LocalDerivative);
        JsonWriter.Write(json, "upstream", happened.Upstream);
        JsonWriter.Write(json, "contribution", happened.Contribution);
        JsonWriter.Write(json, "runningSum", happened.RunningSum);
        Write(json, "reads", happened.Reads);
        Write(json, "changes", happened.Changes);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<int> tensors)
    {
        json.WriteStartArray(name);
        foreach (int tensor in tensors)
            json.WriteNumberValue(tensor);
        json.WriteEndArray();
    }
}
