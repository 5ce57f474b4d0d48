using System.Text.Json;
using ChainRule.Nn;

namespace ChainRule.Tests.Reference;

/// <summary>The arguments of a recorded call beside its tensors, by the names that the file gives them.</summary>
internal sealed class CallArguments(JsonElement values)
{
    public bool Has(string name) => values.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public int Int(string name) => values.GetProperty(name).GetInt32();

    public double Number(string name) => values.GetProperty(name).GetDouble();

    public double Number(string name, double otherwise) => Has(name) ? Number(name) : otherwise;

    public bool Flag(string name) => values.GetProperty(name).GetBoolean();

    public string Text(string name) => values.GetProperty(name).GetString()!;

    public int[] Ints(string name) => [.. values.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    public long[] Longs(string name) => [.. values.GetProperty(name).EnumerateArray().Select(value => value.GetInt64())];

    public long?[][] Slices(string name) =>
        [.. values.GetProperty(name).EnumerateArray().Select(slice => slice.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (long?)null : value.GetInt64()).ToArray())];

    /// <summary>The axes of a reduction: none given, one, or several.</summary>
    public Axes? Over(string name = "dim")
    {
        if (!Has(name)) return null;
        return values.GetProperty(name).ValueKind == JsonValueKind.Array ? (Axes)Ints(name) : Int(name);
    }

    public ChainRule.Nn.Reduction Reduction() => Text("reduction") switch
    {
        "mean" => ChainRule.Nn.Reduction.Mean,
        "sum" => ChainRule.Nn.Reduction.Sum,
        "none" => ChainRule.Nn.Reduction.None,
        string other => throw new NotSupportedException($"The reference asks for the reduction {other}."),
    };

    public override string ToString() => values.GetRawText();
}
