using System.Text.Json;
using ChainRule.Formats;
using ChainRule.Nn;
using ChainRule.Tests.Formats;

namespace ChainRule.Tests.Nn;

/// <summary>Attention, Transformer and gated layers against PyTorch's with the same weights; make-attention.py made the values.</summary>
public sealed class AttentionReferenceTests
{
    private const int Size = 4, Heads = 2;
    private const double Relative = 1e-10, Absolute = 1e-12;

    private static readonly JsonElement _cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Shared.SolutionFolder.Path, "tests/ChainRule.Tests/Nn/Reference/attention.json"))).RootElement;

    public static TheoryData<string> Names => [.. _cases.EnumerateObject().Select(recorded => recorded.Name)];

    [Fact]
    public void Twenty_seven_cases_are_recorded() => Assert.Equal(27, Names.Count);

    [Theory, MemberData(nameof(Names))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        JsonElement recorded = _cases.GetProperty(name);
        Module layer = LayerOf(name);
        layer.To(DType.Float64);
        Load(layer, recorded.GetProperty("parameters"));
        Dictionary<string, Tensor> inputs = recorded.GetProperty("inputs").EnumerateObject().ToDictionary(input => input.Name, input => Read(input.Value).RequiresGrad());
        Tensor? Mask(string mask) => recorded.GetProperty("masks").TryGetProperty(mask, out JsonElement value) ? ReadMask(value) : null;

        Tensor y = Call(layer, inputs, Mask);
        Close(recorded.GetProperty("output"), y, $"{name}, output");
        y.Backward(Read(recorded.GetProperty("cotangent")));
        foreach ((string input, Tensor value) in inputs)
            Close(recorded.GetProperty("input_gradients").GetProperty(input), value.Grad!, $"{name}, gradient of {input}");
        foreach ((string parameter, Tensor value) in layer.NamedParameters())
            Close(recorded.GetProperty("gradients").GetProperty(parameter), value.Grad!, $"{name}, gradient of {parameter}");
    }

    private static Module LayerOf(string name) => name.Split(", ") switch
    {
        ["self", "batch first"] => new MultiheadAttention(Size, Heads, batchFirst: true),
        ["self", "no bias"] => new MultiheadAttention(Size, Heads, bias: false),
        ["cross", "other sizes"] => new MultiheadAttention(Size, Heads, keySize: 3, valueSize: 5),
        ["self" or "cross", ..] => new MultiheadAttention(Size, Heads),
        ["encoder layer", var activation, .. var norm] => new TransformerEncoderLayer(Size, Heads, 5, 0, ActivationOf(activation), norm.Length > 0, norm.Length > 0),
        ["decoder layer", var activation, .. var norm] => new TransformerDecoderLayer(Size, Heads, 5, 0, ActivationOf(activation), norm.Length > 0, norm.Length > 0),
        ["transformer"] => new Transformer(Size, Heads, 2, 1, 5, 0),
        ["bilinear", ..] => new Bilinear(3, 2, 4, bias: name == "bilinear"),
        ["prelu"] => new PRelu(),
        ["prelu of channels"] => new PRelu(3),
        ["glu"] => new Glu(),
        ["glu of channels"] => new Glu(1),
        _ => throw new ArgumentException(name),
    };

    private static Module ActivationOf(string name) => name == "relu" ? new Relu() : new Gelu();

    private static Tensor Call(Module layer, Dictionary<string, Tensor> inputs, Func<string, Tensor?> mask)
    {
        Tensor x = inputs.First().Value;
        Tensor? second = inputs.GetValueOrDefault("memory");
        return layer switch
        {
            MultiheadAttention attention when inputs.Count == 3 => attention.Forward(x, inputs["key"], inputs["value"], mask("key_padding_mask"), mask("attn_mask")),
            MultiheadAttention attention => attention.Forward(x, x, x, mask("key_padding_mask"), mask("attn_mask")),
            TransformerEncoderLayer encoder => encoder.Forward(x, mask("mask"), mask("key_padding_mask")),
            TransformerDecoderLayer decoder => decoder.Forward(x, second!, mask("tgt_mask"), mask("memory_mask"), mask("tgt_key_padding_mask"), mask("memory_key_padding_mask")),
            Transformer transformer => transformer.Forward(second!, x, targetMask: mask("tgt_mask")),
            Bilinear bilinear => bilinear.Forward(x, second!),
            _ => layer.Forward(x),
        };
    }

    // Through a file of PyTorch's names, which must be ours in PyTorch's order.
    private static void Load(Module layer, JsonElement parameters)
    {
        Assert.Equal(parameters.EnumerateObject().Select(parameter => parameter.Name), layer.NamedParameters().Select(parameter => parameter.Name));
        using var folder = new TemporaryFolder();
        Safetensors.Save(folder.File("weights.safetensors"), parameters.EnumerateObject().Select(parameter => (parameter.Name, Read(parameter.Value))));
        layer.Load(folder.File("weights.safetensors"));
    }

    // JSON has no infinities: the script wrote -1e300.
    private static Tensor ReadMask(JsonElement mask)
    {
        Tensor values = Read(mask);
        return mask.GetProperty("bool").GetBoolean() ? values.To(DType.Bool) : Tensor.Where(values < -1e299, double.NegativeInfinity, values);
    }

    private static Tensor Read(JsonElement tensor) =>
        Tensor.From(
            [.. tensor.GetProperty("data").EnumerateArray().Select(value => value.GetDouble())],
            (Shape)tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray());

    private static void Close(JsonElement expected, Tensor actual, string because)
    {
        Tensor wanted = Read(expected);
        Assert.Equal(wanted.Shape, actual.Shape);
        Laws.Compare.Close(wanted.ToArray<double>(), actual.ToArray<double>(), Relative, Absolute, because);
    }
}
