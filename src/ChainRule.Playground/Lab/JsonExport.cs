using System.Text.Json;

namespace ChainRule.Playground.Lab;

/// <summary>A run as JSON: the address that makes it, how far it went, its hash and its parameters.</summary>
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
            json.WriteStartObject("parameters");
            foreach ((string name, Tensor value) in trainer.Model.NamedParameters())
                WriteTensor(json, name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return stream.ToArray();
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
        {
            if (float.IsFinite(element))
                json.WriteNumberValue(element);
            else
                json.WriteStringValue(element.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
