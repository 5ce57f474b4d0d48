using System.Text.Json;
using ChainRule.Cli.Output;

namespace ChainRule.Cli.Runs;

/// <summary>What the numbers of a saved model are for.</summary>
/// <param name="Data">The name of the data it has learned from.</param>
/// <param name="InputShape">The shape of one example before it becomes a row.</param>
/// <param name="Sizes">The sizes of the layers, from the inputs to the classes.</param>
/// <param name="Activation">What stands between the layers.</param>
/// <param name="Classes">The names of the classes.</param>
internal sealed record ModelDescription(string Data, Shape InputShape, int[] Sizes, string Activation, IReadOnlyList<string> Classes)
{
    private const int Format = 1;
    private const int MostLayers = 1000;

    public string ToJson() => JsonLine.Of(json =>
    {
        json.WriteNumber("format", Format);
        json.WriteString("data", Data);
        WriteList(json, "inputShape", InputShape, json.WriteNumberValue);
        WriteList(json, "sizes", Sizes, json.WriteNumberValue);
        json.WriteString("activation", Activation);
        WriteList(json, "classes", Classes, json.WriteStringValue);
    });

    /// <exception cref="JsonException">Something is missing, of another kind, or does not fit the rest.</exception>
    public static ModelDescription Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new JsonException("it is no object");
        if (Whole(Of(root, "format")) is var format && format != Format)
            throw new JsonException($"its format is {format}, and this version of chainrule reads format {Format}");
        long[] shape = [.. List(root, "inputShape").Select(size => (long)Whole(size))];
        var description = new ModelDescription(
            Text(Of(root, "data")), Shape.Create(shape), [.. List(root, "sizes").Select(Whole)], Text(Of(root, "activation")), [.. List(root, "classes").Select(Text)]);
        description.Check();
        return description;
    }

    private void Check()
    {
        if (Sizes.Length is < 2 or > MostLayers || InputShape.Rank == 0 || Sizes.Contains(0))
            throw new JsonException($"layers of sizes {string.Join(", ", Sizes.Take(10))} make no network");
        if (InputShape.ElementCount != Sizes[0])
            throw new JsonException($"inputs of shape {InputShape} do not fit a first layer of {Sizes[0]}");
        if (Classes.Count != Sizes[^1])
            throw new JsonException($"{Classes.Count} classes do not fit a last layer of {Sizes[^1]}");
        if (!Network.IsActivation(Activation))
            throw new JsonException($"the activation \"{Activation}\" is unknown");
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T value in values)
            write(value);
        json.WriteEndArray();
    }

    private static JsonElement Of(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value : throw new JsonException($"\"{name}\" is missing");

    private static JsonElement.ArrayEnumerator List(JsonElement root, string name) =>
        Of(root, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : throw new JsonException($"\"{name}\" is no list");

    private static int Whole(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) && value >= 0 ? value : throw new JsonException($"{Excerpt(element)} is no size");

    private static string Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw new JsonException($"{Excerpt(element)} is no text");

    private static string Excerpt(JsonElement element) => element.GetRawText() is { Length: > 20 } text ? text[..20] + "…" : element.GetRawText();
}
