using System.Text.Json;
using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

/// <summary>Layers against PyTorch's with the same weights; layers.py made the values.</summary>
public sealed class LayerReferenceTests
{
    private static readonly JsonElement _cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Shared.SolutionFolder.Path, "tests/ChainRule.Tests/Nn/layers.json"))).RootElement;

    private static readonly Dictionary<string, Func<Module>> _layers = new()
    {
        ["Conv1d"] = () => new Conv1d(4, 6, 3, stride: 2, padding: 1),
        ["Conv1d circular"] = () => new Conv1d(2, 3, 3, padding: 2, paddingMode: PaddingMode.Circular),
        ["Conv2d"] = () => new Conv2d(3, 4, [3, 2], stride: [2, 1], padding: [1, 0], dilation: [1, 2]),
        ["Conv2d groups"] = () => new Conv2d(4, 6, 3, padding: 1, groups: 2, bias: false),
        ["Conv2d reflect"] = () => new Conv2d(2, 2, 3, padding: [1, 2], paddingMode: PaddingMode.Reflect),
        ["Conv2d replicate"] = () => new Conv2d(2, 2, 3, padding: 2, paddingMode: PaddingMode.Replicate),
        ["Conv3d"] = () => new Conv3d(2, 3, 2, stride: [1, 2, 1], padding: 1),
        ["ConvTranspose1d"] = () => new ConvTranspose1d(4, 3, 3, stride: 2, padding: 1, outputPadding: 1),
        ["ConvTranspose2d"] = () => new ConvTranspose2d(4, 6, [2, 3], stride: [2, 1], padding: [0, 1], groups: 2, dilation: [1, 2]),
        ["ConvTranspose3d"] = () => new ConvTranspose3d(2, 2, 2, stride: 2),
        ["MaxPool1d"] = () => new MaxPool1d(3, stride: 2, padding: 1, dilation: 2),
        ["MaxPool2d"] = () => new MaxPool2d([3, 2], stride: 2, padding: [1, 0], ceilMode: true),
        ["AvgPool1d"] = () => new AvgPool1d(3, stride: 2, padding: 1, ceilMode: true),
        ["AvgPool2d"] = () => new AvgPool2d(3, stride: 2, padding: 1, ceilMode: true),
        ["AvgPool2d without padding"] = () => new AvgPool2d(3, stride: 2, padding: 1, ceilMode: true, countIncludePad: false),
        ["AdaptiveAvgPool1d"] = () => new AdaptiveAvgPool1d(3),
        ["AdaptiveAvgPool2d"] = () => new AdaptiveAvgPool2d([3, 2]),
        ["AdaptiveMaxPool1d"] = () => new AdaptiveMaxPool1d(3),
        ["AdaptiveMaxPool2d"] = () => new AdaptiveMaxPool2d([3, 2]),
        ["BatchNorm1d"] = () => new BatchNorm1d(3),
        ["BatchNorm1d length"] = () => new BatchNorm1d(3, momentum: null),
        ["BatchNorm2d"] = () => new BatchNorm2d(3, epsilon: 1e-3, momentum: 0.3),
        ["BatchNorm2d plain"] = () => new BatchNorm2d(3, affine: false),
        ["LayerNorm"] = () => new LayerNorm([3, 4]),
        ["GroupNorm"] = () => new GroupNorm(2, 6),
        ["InstanceNorm1d"] = () => new InstanceNorm1d(3),
        ["InstanceNorm2d"] = () => new InstanceNorm2d(3, affine: true),
        ["RmsNorm"] = () => new RmsNorm(5),
        ["Upsample nearest"] = () => new Upsample([7, 2]),
        ["Upsample twice"] = () => new Upsample(2.0),
        ["Upsample bilinear"] = () => new Upsample([7, 3], InterpolationMode.Linear),
        ["Upsample corners"] = () => new Upsample(2.0, InterpolationMode.Linear, alignCorners: true),
        ["Upsample trilinear"] = () => new Upsample([3, 2, 5], InterpolationMode.Linear),
        ["PixelShuffle"] = () => new PixelShuffle(2),
        ["PixelUnshuffle"] = () => new PixelUnshuffle(2),
        ["Unfold"] = () => new Unfold([2, 3], dilation: [1, 2], padding: 1, stride: [2, 1]),
        ["Fold"] = () => new Fold([4, 5], [2, 3], padding: 1, stride: [2, 1]),
        ["ZeroPad"] = () => new ZeroPad([1, 2]),
    };

    public static TheoryData<string> Names => [.. _layers.Keys];

    [Fact]
    public void Every_recorded_layer_is_compared() =>
        Assert.Equal(_cases.EnumerateObject().Select(recorded => recorded.Name).Order(), _layers.Keys.Order());

    [Theory, MemberData(nameof(Names))]
    public void Values_gradients_and_statistics_are_those_of_PyTorch(string name)
    {
        JsonElement recorded = _cases.GetProperty(name);
        Module layer = _layers[name]();
        layer.To(DType.Float64);
        Load(layer, recorded.GetProperty("parameters"));
        Tensor x = Read(recorded.GetProperty("input")).RequiresGrad();

        Tensor y = layer.Forward(x);
        Close(recorded.GetProperty("output"), y, $"{name}, output");
        y.Backward(Read(recorded.GetProperty("cotangent")));
        Close(recorded.GetProperty("input_gradient"), x.Grad!, $"{name}, gradient of the input");
        foreach ((string parameter, Tensor value) in layer.NamedParameters())
            Close(recorded.GetProperty("gradients").GetProperty(parameter), value.Grad!, $"{name}, gradient of {parameter}");

        if (!recorded.TryGetProperty("buffers", out JsonElement buffers)) return;
        layer.Forward(x * 1.5 + 1);
        Assert.Equal(buffers.EnumerateObject().Select(buffer => buffer.Name), layer.NamedBuffers().Select(buffer => buffer.Name));
        foreach ((string buffer, Tensor value) in layer.NamedBuffers())
            Close(buffers.GetProperty(buffer), value, $"{name}, {buffer}");
        layer.Eval();
        Close(recorded.GetProperty("output_in_use"), layer.Forward(x), $"{name}, output in use");
    }

    private static void Load(Module layer, JsonElement parameters)
    {
        Assert.Equal(parameters.EnumerateObject().Select(parameter => parameter.Name), layer.NamedParameters().Select(parameter => parameter.Name));
        using (new NoGrad())
        {
            foreach ((string name, Tensor value) in layer.NamedParameters())
            {
                Tensor loaded = Read(parameters.GetProperty(name));
                Assert.Equal(loaded.Shape, value.Shape);
                value.CopyFrom(loaded);
            }
        }
    }

    private static Tensor Read(JsonElement tensor) =>
        Tensor.From(
            [.. tensor.GetProperty("data").EnumerateArray().Select(value => value.GetDouble())],
            (Shape)tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray());

    private static void Close(JsonElement expected, Tensor actual, string because)
    {
        Tensor wanted = Read(expected);
        Assert.Equal(wanted.Shape, actual.Shape);
        double[] values = wanted.ToArray<double>();
        Laws.Compare.Close(values, actual.ToArray<double>(), 1e-11, 1e-12, because);
    }
}
