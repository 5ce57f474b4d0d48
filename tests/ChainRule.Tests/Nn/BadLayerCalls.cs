using ChainRule.Nn;
using ChainRule.Tests.Core;
using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Nn;

/// <summary>Bad calls of the constructor and, under <c>Name.Forward</c>, of the function of every layer; of what else its class can do, under its name.</summary>
internal static partial class BadLayerCalls
{
    private const DType NoType = (DType)99;

    public static BadCall[] All { get; } = [.. Dense, .. Convolutions, .. Pooling, .. Windows, .. Normalizing, .. Activations, .. Dropouts, .. Containers, .. RecurrentLayers, .. Attention];

    private static Tensor Image => Tensor.Zeros([2, 4, 5, 5]);

    private static Tensor Series => Tensor.Zeros([2, 4, 5]);

    private static Tensor Volume => Tensor.Zeros([2, 4, 5, 5, 5]);

    private static Tensor Vector => Tensor.Zeros([3]);

    private static IEnumerable<BadCall> Dense =>
    [
        .. Numbers("Linear", "inputs", inputs => new Linear(inputs, 2), 0, -1, int.MinValue),
        .. Numbers("Linear", "outputs", outputs => new Linear(2, outputs), 0, -1),
        .. Types("Linear", dtype => new Linear(2, 2, dtype: dtype)),
        .. Refused<InsufficientMemoryException>("Linear", ["bytes"], () => new Linear(int.MaxValue, int.MaxValue)),
        .. Inputs("Linear", "Linear(4, 2)", () => new Linear(4, 2), Vector, Tensor.Zeros([4, 3]), 1f),
        .. Refused<DTypeException>("Linear.Forward", ["Linear(4, 2)", "float64"], () => new Linear(4, 2).Forward(Tensor.Zeros([4], DType.Float64))),
        .. Numbers("Embedding", "count", count => new Embedding(count, 2), 0, -1),
        .. Numbers("Embedding", "size", size => new Embedding(2, size), 0, -1),
        .. Numbers("Embedding", "paddingIndex", index => new Embedding(4, 2, index), 4, -1),
        .. Numbers("Embedding", "frozenRows", row => new Embedding(4, 2, frozenRows: [0, row]), 4, -1, int.MaxValue),
        .. Types("Embedding", dtype => new Embedding(4, 2, dtype: dtype)),
        .. Null("Embedding.Forward", () => new Embedding(4, 2).Forward(null!)),
        .. Refused<ShapeException>("Embedding.Forward", ["Embedding", "id", "4 rows"], () => new Embedding(4, 2).Forward(Tensor.From([0, 4])), () => new Embedding(4, 2).Forward(Tensor.From([-1L]))),
        .. Refused<DTypeException>("Embedding.Forward", ["Embedding", "ids"], () => new Embedding(4, 2).Forward(Vector)),
        .. Inputs("Flatten", "Flatten", () => new Flatten(), Vector, 1f),
        .. NullArgument("Sequential", "layer", () => new Sequential((Module)null!), () => new Sequential(new Relu(), null!), () => new Sequential(null!, new Relu())),
        .. NullArgument("Sequential.Forward", "x", () => new Sequential().Forward(null!), () => new Sequential(new Relu()).Forward(null!)),
        .. Refused<ShapeException>("Sequential.Forward", ["Linear(4, 2)", "[3]"], () => new Sequential(new Relu(), new Linear(4, 2)).Forward(Vector)),
    ];

    private static IEnumerable<BadCall> Convolutions =>
    [
        .. Convolving("Conv1d", (inputs, outputs, kernel, stride, padding, dilation, groups, dtype) => new Conv1d(inputs, outputs, kernel, stride, padding, dilation, groups, dtype: dtype), Series),
        .. Convolving("Conv2d", (inputs, outputs, kernel, stride, padding, dilation, groups, dtype) => new Conv2d(inputs, outputs, kernel, stride, padding, dilation, groups, dtype: dtype), Image),
        .. Convolving("Conv3d", (inputs, outputs, kernel, stride, padding, dilation, groups, dtype) => new Conv3d(inputs, outputs, kernel, stride, padding, dilation, groups, dtype: dtype), Volume),
        .. Convolving("ConvTranspose1d", (inputs, outputs, kernel, stride, padding, dilation, groups, dtype) => new ConvTranspose1d(inputs, outputs, kernel, stride, padding, null, groups, dilation: dilation, dtype: dtype), Series),
        .. Convolving("ConvTranspose2d", (inputs, outputs, kernel, stride, padding, dilation, groups, dtype) => new ConvTranspose2d(inputs, outputs, kernel, stride, padding, null, groups, dilation: dilation, dtype: dtype), Image),
        .. Convolving("ConvTranspose3d", (inputs, outputs, kernel, stride, padding, dilation, groups, dtype) => new ConvTranspose3d(inputs, outputs, kernel, stride, padding, null, groups, dilation: dilation, dtype: dtype), Volume),
        .. Numbers("ConvTranspose2d", "outputPadding", added => new ConvTranspose2d(4, 2, 3, outputPadding: added), -1),
        .. Refused<ArgumentException>("Conv2d", ["Conv2d", "PaddingMode"], () => new Conv2d(4, 2, 3, paddingMode: (PaddingMode)9)),
        .. Refused<ShapeException>("Conv3d", ["Conv3d", "2^63"], () => new Conv3d(4, 2, int.MaxValue)),
    ];

    private static IEnumerable<BadCall> Pooling =>
    [
        .. Pools("MaxPool1d", (kernel, stride, padding) => new MaxPool1d(kernel, stride, padding), Series),
        .. Pools("MaxPool2d", (kernel, stride, padding) => new MaxPool2d(kernel, stride, padding), Image),
        .. Numbers("MaxPool1d", "dilation", dilation => new MaxPool1d(2, dilation: dilation), 0, -1),
        .. Numbers("MaxPool2d", "dilation", dilation => new MaxPool2d(2, dilation: dilation), 0, -1),
        .. Pools("AvgPool1d", (kernel, stride, padding) => new AvgPool1d(kernel, stride, padding), Series),
        .. Pools("AvgPool2d", (kernel, stride, padding) => new AvgPool2d(kernel, stride, padding), Image),
        .. Adapts("AdaptiveAvgPool1d", size => new AdaptiveAvgPool1d(size), Series),
        .. Adapts("AdaptiveAvgPool2d", size => new AdaptiveAvgPool2d(size), Image),
        .. Adapts("AdaptiveMaxPool1d", size => new AdaptiveMaxPool1d(size), Series),
        .. Adapts("AdaptiveMaxPool2d", size => new AdaptiveMaxPool2d(size), Image),
    ];

    private static IEnumerable<BadCall> Windows =>
    [
        .. NullArgument("Unfold", "kernel", () => new Unfold(null!)),
        .. Numbers("Unfold", "kernel", kernel => new Unfold(kernel), 0, -1),
        .. Numbers("Unfold", "stride", stride => new Unfold(2, stride: stride), 0),
        .. Numbers("Unfold", "padding", padding => new Unfold(2, padding: padding), -1),
        .. Inputs("Unfold", "Unfold", () => new Unfold(2), Vector, Volume, Tensor.Zeros([1, 1, 1, 1])),
        .. NullArgument("Fold", "outputSize", () => new Fold(null!, 2)),
        .. NullArgument("Fold", "kernel", () => new Fold(3, null!)),
        .. Numbers("Fold", "outputSize", size => new Fold(size, 2), 0, -1),
        .. Numbers("Fold", "dilation", dilation => new Fold(3, 2, dilation), 0),
        .. Inputs("Fold", "Fold", () => new Fold(3, 2), Vector, Series, Image),
        .. Numbers("PixelShuffle", "factor", factor => new PixelShuffle(factor), 0, -1, int.MinValue),
        .. Inputs("PixelShuffle", "PixelShuffle", () => new PixelShuffle(3), Vector, Image),
        .. Numbers("PixelUnshuffle", "factor", factor => new PixelUnshuffle(factor), 0, -1, int.MinValue),
        .. Inputs("PixelUnshuffle", "PixelUnshuffle", () => new PixelUnshuffle(2), Vector, Image),
        .. NullArgument("ZeroPad", "padding", () => new ZeroPad(null!)),
        .. Numbers("ZeroPad", "padding", padding => new ZeroPad(padding), -1, int.MinValue),
        .. Inputs("ZeroPad", "ZeroPad", () => new ZeroPad([1, 2]), Vector, Tensor.Zeros([2, 3])),
        .. Refused<ShapeException>("ZeroPad.Forward", ["ZeroPad: ", "2 numbers", "1 axes"], () => new ZeroPad([1, 2]).Forward(Series)),
        .. Refused<ShapeException>("Upsample.Forward", ["Upsample: ", "2 numbers", "1 axes"], () => new Upsample([4, 4]).Forward(Series)),
        .. NullArgument("Upsample", "size", () => new Upsample(null!)),
        .. Numbers("Upsample", "size", size => new Upsample([2, size]), 0, -1),
        .. Refused<ArgumentOutOfRangeException>("Upsample", ["Upsample", "scaleFactor"], () => new Upsample(0.0), () => new Upsample(-2.0), () => new Upsample(double.NaN), () => new Upsample(double.PositiveInfinity)),
        .. Refused<ArgumentOutOfRangeException>("Upsample", ["Upsample", "mode"], () => new Upsample(2.0, (InterpolationMode)9)),
        .. Refused<ArgumentException>("Upsample", ["Upsample", "alignCorners"], () => new Upsample(2.0, alignCorners: true)),
        .. Inputs("Upsample", "Upsample", () => new Upsample([4, 4]), Vector, Tensor.Zeros([1, 1, 0, 3])),
        .. Refused<ShapeException>("Upsample.Forward", ["Upsample", "[2, 4, 5]"], () => new Upsample(0.1).Forward(Series), () => new Upsample(1e300).Forward(Series)),
    ];

    private static IEnumerable<BadCall> Normalizing =>
    [
        .. Channelwise("BatchNorm1d", (channels, epsilon, dtype) => new BatchNorm1d(channels, epsilon, dtype: dtype), Image),
        .. Channelwise("BatchNorm2d", (channels, epsilon, dtype) => new BatchNorm2d(channels, epsilon, dtype: dtype), Series),
        .. Shares("BatchNorm1d", "momentum", momentum => new BatchNorm1d(4, momentum: momentum), -0.1, 1.1, double.NaN),
        .. Channelwise("BatchNorm3d", (channels, epsilon, dtype) => new BatchNorm3d(channels, epsilon, dtype: dtype), Image),
        .. Shares("BatchNorm2d", "momentum", momentum => new BatchNorm2d(4, momentum: momentum), -0.1, 1.1, double.NaN),
        .. Shares("BatchNorm3d", "momentum", momentum => new BatchNorm3d(4, momentum: momentum), -0.1, 1.1, double.NaN),
        .. Refused<ShapeException>("BatchNorm1d.Forward", ["BatchNorm1d(4)", "[1, 4]", "more than one element"], () => new BatchNorm1d(4).Forward(Tensor.Zeros([1, 4]))),
        .. Channelwise("InstanceNorm1d", (channels, epsilon, dtype) => new InstanceNorm1d(channels, epsilon, dtype: dtype), Image),
        .. Channelwise("InstanceNorm2d", (channels, epsilon, dtype) => new InstanceNorm2d(channels, epsilon, dtype: dtype), Series),
        .. Channelwise("InstanceNorm3d", (channels, epsilon, dtype) => new InstanceNorm3d(channels, epsilon, dtype: dtype), Image),
        .. Channelwise("GroupNorm", (channels, epsilon, dtype) => new GroupNorm(1, channels, epsilon, dtype: dtype), Vector),
        .. Numbers("GroupNorm", "groups", groups => new GroupNorm(groups, 4), 0, -1),
        .. Refused<ArgumentException>("GroupNorm", ["GroupNorm", "groups", "4 channels"], () => new GroupNorm(3, 4), () => new GroupNorm(8, 4)),
        .. Lastly("LayerNorm", (shape, epsilon, dtype) => new LayerNorm(shape, epsilon, dtype: dtype)),
        .. Lastly("RmsNorm", (shape, epsilon, dtype) => new RmsNorm(shape, epsilon, dtype: dtype)),
    ];

    private static IEnumerable<BadCall> Numbers(string layer, string argument, Func<int, Module> make, params int[] values) =>
        values.SelectMany(value => Refused<ArgumentOutOfRangeException>(layer, [$"{layer}: ", argument], () => make(value)));

    private static IEnumerable<BadCall> Shares(string layer, string argument, Func<double, Module> make, params double[] values) =>
        values.SelectMany(value => Refused<ArgumentOutOfRangeException>(layer, [$"{layer}: ", argument], () => make(value)));

    private static IEnumerable<BadCall> Types(string layer, Func<DType, Module> make) =>
    [
        .. Refused<DTypeException>(layer, [$"{layer}: "], () => make(DType.Int32), () => make(DType.Bool), () => make(NoType)),
    ];

    private static IEnumerable<BadCall> Inputs(string layer, string name, Func<Module> make, params Tensor[] inputs) =>
    [
        .. NullArgument($"{layer}.Forward", "x", () => make().Forward(null!)),
        .. inputs.SelectMany(input => Refused<ShapeException>($"{layer}.Forward", [name, $"{input.Shape}"], () => make().Forward(input))),
    ];

    private static IEnumerable<BadCall> Convolving(string layer, Func<int, int, PerAxis, PerAxis?, PerAxis?, PerAxis?, int, DType, Module> make, Tensor input) =>
    [
        .. NullArgument(layer, "kernel", () => make(4, 2, null!, null, null, null, 1, DType.Float32)),
        .. Numbers(layer, "inputs", inputs => make(inputs, 2, 3, null, null, null, 1, DType.Float32), 0, -1),
        .. Numbers(layer, "outputs", outputs => make(4, outputs, 3, null, null, null, 1, DType.Float32), 0, int.MinValue),
        .. Numbers(layer, "kernel", kernel => make(4, 2, kernel, null, null, null, 1, DType.Float32), 0, -1),
        .. Numbers(layer, "stride", stride => make(4, 2, 3, stride, null, null, 1, DType.Float32), 0, -1),
        .. Numbers(layer, "padding", padding => make(4, 2, 3, null, padding, null, 1, DType.Float32), -1),
        .. Numbers(layer, "dilation", dilation => make(4, 2, 3, null, null, dilation, 1, DType.Float32), 0, -1),
        .. Numbers(layer, "groups", groups => make(4, 2, 3, null, null, null, groups, DType.Float32), 0, -1),
        .. Refused<ArgumentException>(layer, [$"{layer}: ", "groups", "do not divide"], () => make(4, 2, 3, null, null, null, 3, DType.Float32), () => make(3, 2, 3, null, null, null, 2, DType.Float32)),
        .. Refused<ShapeException>(layer, [$"{layer}: ", "kernel", "numbers"], () => make(4, 2, PerAxis.Create([1, 1, 1, 1]), null, null, null, 1, DType.Float32)),
        .. Types(layer, dtype => make(4, 2, 3, null, null, null, 1, dtype)),
        .. Inputs(layer, layer, () => make(4, 2, 3, null, null, null, 1, DType.Float32), Vector, 1f, input.Unsqueeze(0), input.Slice(1, 0, 3)),
    ];

    private static IEnumerable<BadCall> Pools(string layer, Func<PerAxis, PerAxis?, PerAxis?, Module> make, Tensor input) =>
    [
        .. NullArgument(layer, "kernel", () => make(null!, null, null)),
        .. Numbers(layer, "kernel", kernel => make(kernel, null, null), 0, -1),
        .. Numbers(layer, "stride", stride => make(2, stride, null), 0, -1),
        .. Numbers(layer, "padding", padding => make(2, null, padding), -1),
        .. Refused<ShapeException>(layer, [$"{layer}: ", "kernel", "numbers"], () => make(PerAxis.Create([1, 1, 1]), null, null)),
        .. Inputs(layer, layer, () => make(6, null, null), Vector, input),
    ];

    private static IEnumerable<BadCall> Adapts(string layer, Func<PerAxis, Module> make, Tensor input) =>
    [
        .. NullArgument(layer, "outputSize", () => make(null!)),
        .. Numbers(layer, "outputSize", size => make(size), 0, -1),
        .. Refused<ShapeException>(layer, [$"{layer}: ", "outputSize", "numbers"], () => make(PerAxis.Create([1, 1, 1]))),
        .. Inputs(layer, layer, () => make(2), Vector, input.Slice(2, 0, 0)),
    ];

    private static IEnumerable<BadCall> Channelwise(string layer, Func<int, double, DType, Module> make, Tensor wrongRank) =>
    [
        .. Numbers(layer, "channels", channels => make(channels, 1e-5, DType.Float32), 0, -1, int.MinValue),
        .. Shares(layer, "epsilon", epsilon => make(4, epsilon, DType.Float32), -1e-5, double.NaN, double.PositiveInfinity),
        .. Types(layer, dtype => make(4, 1e-5, dtype)),
        .. Inputs(layer, layer, () => make(4, 1e-5, DType.Float32), wrongRank, Tensor.Zeros([2, 3, 5]), Tensor.Zeros([2, 3, 5, 5])),
    ];

    private static IEnumerable<BadCall> Lastly(string layer, Func<Shape, double, DType, Module> make) =>
    [
        .. NullArgument(layer, "normalized", () => make(null!, 1e-5, DType.Float32)),
        .. Refused<ShapeException>(layer, [$"{layer}: ", "normalized"], () => make([], 1e-5, DType.Float32)),
        .. Shares(layer, "epsilon", epsilon => make([3], epsilon, DType.Float32), -1e-5, double.NaN),
        .. Types(layer, dtype => make([3], 1e-5, dtype)),
        .. Inputs(layer, layer, () => make([4, 3], 1e-5, DType.Float32), Vector, Tensor.Zeros([3, 4])),
    ];
}
