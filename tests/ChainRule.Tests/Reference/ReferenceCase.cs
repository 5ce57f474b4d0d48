using System.Text.Json;

namespace ChainRule.Tests.Reference;

/// <summary>One recorded call: what went in, what came out, and the gradients for given cotangents.</summary>
internal sealed record ReferenceCase(string Operation, CallArguments Arguments, Tensor[] Inputs, Tensor[] Outputs, Tensor[] Cotangents, Tensor?[] Gradients)
{
    public static ReferenceCase Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        return new(
            root.GetProperty("op").GetString()!,
            new CallArguments(root.GetProperty("args").Clone()),
            Tensors(root, "inputs")!,
            Tensors(root, "outputs")!,
            Tensors(root, "cotangents")!,
            Tensors(root, "grads"));
    }

    public override string ToString() => $"{Operation}({string.Join(", ", Inputs.Select(input => input.Shape))}; {Arguments})";

    private static Tensor[] Tensors(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(element => element.ValueKind == JsonValueKind.Null ? null! : Read(element))];

    private static Tensor Read(JsonElement element)
    {
        Shape shape = Shape.Create([.. element.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())]);
        JsonElement[] data = [.. element.GetProperty("data").EnumerateArray()];
        string type = element.GetProperty("dtype").GetString()!;
        return type switch
        {
            "float64" => Tensor.From(Array.ConvertAll(data, Number), shape),
            "int64" => Tensor.From(Array.ConvertAll(data, value => value.GetInt64()), shape),
            "bool" => Tensor.From(Array.ConvertAll(data, value => value.GetBoolean()), shape),
            _ => throw new NotSupportedException($"The reference has a tensor of type {type}."),
        };
    }

    // JSON has no infinities, so a file may write them as words.
    private static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
