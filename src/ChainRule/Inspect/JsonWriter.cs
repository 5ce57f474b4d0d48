using System.Text;
using System.Text.Json;

namespace ChainRule.Inspect;

/// <summary>A view as JSON: nodes, edges and modules. Numbers that JSON cannot hold are null; their words stand in the text of the value.</summary>
internal static class JsonWriter
{
    public static string Write(GraphView view)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n" }))
            Write(json, view);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, GraphView view)
    {
        json.WriteStartObject();
        json.WriteStartArray("nodes");
        foreach (GraphViewNode node in view.Nodes)
            Write(json, node);
        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach (GraphViewEdge edge in view.Edges)
        {
            json.WriteStartObject();
            json.WriteNumber("from", edge.From);
            json.WriteNumber("to", edge.To);
            json.WriteNumber("operand", edge.Operand);
            Write(json, "localDerivative", edge.LocalDerivative);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("modules");
        foreach ((string path, string what) in view.Modules)
            json.WriteString(Clean(path), Clean(what));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GraphViewNode node)
    {
        json.WriteStartObject();
        json.WriteNumber("id", node.Id);
        json.WriteString("kind", node.Kind.ToString().ToLowerInvariant());
        json.WriteString("name", Clean(node.Name));
        json.WriteString("operation", Clean(node.Operation));
        json.WriteString("formula", Clean(node.Formula));
        json.WriteString("dtype", node.DType.Lower());
        json.WriteStartArray("shape");
        foreach (long size in node.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        Write(json, "value", node.Value);
        Write(json, "gradient", node.Gradient);
        json.WriteString("module", Clean(node.Module));
        json.WriteBoolean("isResult", node.IsResult);
        json.WriteNumber("count", node.Count);
        json.WriteNumber("operations", node.OperationCount);
        json.WriteString("note", Clean(node.Note));
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string name, GraphValue? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteString("text", value.Text);
        if (value.Elements is { } elements)
        {
            json.WriteStartArray("elements");
            foreach (double element in elements)
                WriteFinite(json, element);
            json.WriteEndArray();
        }
        json.WritePropertyName("min");
        WriteFinite(json, value.Min);
        json.WritePropertyName("mean");
        WriteFinite(json, value.Mean);
        json.WritePropertyName("max");
        WriteFinite(json, value.Max);
        json.WriteNumber("nonFinite", value.NonFiniteCount);
        json.WriteEndObject();
    }

    private static void WriteFinite(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }

    // Half a pair of surrogates, which no UTF-8 can hold; all else has an escape.
    private static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return text;
        var clean = new StringBuilder(text.Length);
        foreach (Rune letter in text.EnumerateRunes())
            clean.Append(letter.ToString());
        return clean.ToString();
    }
}
