using System.Text.Json;

namespace ChainRule.Playground.Lab;

/// <summary>A run as JSON: the address and what was set by hand, which make it, how far it went, its hash and its parameters.</summary>
public static class JsonExport
{
    public static byte[] Write(Trainer trainer)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("settings", SettingsText.Write("train", trainer.Settings));
            json.WriteNumber("steps", trainer.Steps);
            json.WriteString("lossHash", trainer.Hash.ToString());
            WriteEdits(json, trainer);
            json.WriteStartObject("parameters");
            foreach ((string name, Tensor value) in trainer.Model.NamedParameters())
                WriteTensor(json, name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteEdits(Utf8JsonWriter json, Trainer trainer)
    {
        string[] names = [.. trainer.Model.NamedParameters().Select(parameter => parameter.Name)];
        json.WriteStartArray("edits");
        foreach (WeightEdit edit in trainer.Edits)
        {
            json.WriteStartObject();
            json.WriteNumber("afterStep", edit.Step);
            json.WriteString("parameter", names[edit.Parameter]);
            json.WriteNumber("element", edit.Element);
            json.WritePropertyName("value");
            WriteNumber(json, edit.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, Tensor value)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("shape");
        foreach (long size in value.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach (float element in value.ToArray<float>())
            WriteNumber(json, element);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // JSON has no words for what is no number.
    private static void WriteNumber(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
