using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Core;

internal static partial class BadCalls
{
    private static IEnumerable<BadCall> Convolutions =>
    [
        .. Convolving("Conv1d", 1, (x, weight, bias, n) => x.Conv1d(weight, bias, n.Stride, n.Padding, n.Dilation, n.Groups)),
        .. Convolving("Conv2d", 2, (x, weight, bias, n) => x.Conv2d(weight, bias, n.Stride, n.Padding, n.Dilation, n.Groups)),
        .. Convolving("Conv3d", 3, (x, weight, bias, n) => x.Conv3d(weight, bias, n.Stride, n.Padding, n.Dilation, n.Groups)),
        .. Convolving("ConvTranspose1d", 1, (x, weight, bias, n) => x.ConvTranspose1d(weight, bias, n.Stride, n.Padding, n.OutputPadding, n.Groups, n.Dilation)),
        .. Convolving("ConvTranspose2d", 2, (x, weight, bias, n) => x.ConvTranspose2d(weight, bias, n.Stride, n.Padding, n.OutputPadding, n.Groups, n.Dilation)),
        .. Convolving("ConvTranspose3d", 3, (x, weight, bias, n) => x.ConvTranspose3d(weight, bias, n.Stride, n.Padding, n.OutputPadding, n.Groups, n.Dilation)),
        .. OutOfRange("ConvTranspose1d", "outputPadding", added => Series(4).ConvTranspose1d(Filter(1), outputPadding: (int)added), 1, -1, int.MaxValue),
        .. OutOfRange("ConvTranspose2d", "outputPadding", added => Image(2).ConvTranspose2d(Filter(2), stride: 2, outputPadding: (int)added), 2, -1),
        .. OutOfRange("ConvTranspose3d", "outputPadding", added => Volume(3).ConvTranspose3d(Filter(3), outputPadding: (int)added), 1, -1),
        .. Refused<ShapeException>("ConvTranspose2d", ["ConvTranspose2d"], () => Image(2).ConvTranspose2d(Filter(2), padding: 5), () => Image(2).ConvTranspose2d(Filter(2), stride: int.MaxValue), () => Tensor.Zeros([1, 0, 5, 5]).ConvTranspose2d(Tensor.Zeros([0, 1L << 40, 3, 3]), Vector, groups: int.MaxValue)),
        .. Refused<ShapeException>("Conv2d", ["Conv2d"], () => Image(2).Conv2d(Filter(2), padding: int.MaxValue), () => Tensor.Zeros([1, 4, 5, 5]).Conv2d(Tensor.Zeros([4, 4, 6, 1]))),
    ];

    private static IEnumerable<BadCall> Pooling =>
    [
        .. Pools("MaxPool1d", 1, (x, n) => x.MaxPool1d(n.Kernel, n.Stride, n.Padding, n.Dilation)),
        .. Pools("MaxPool2d", 2, (x, n) => x.MaxPool2d(n.Kernel, n.Stride, n.Padding, n.Dilation)),
        .. OutOfRange("MaxPool1d", "dilation", dilation => Series(5).MaxPool1d(2, dilation: (int)dilation), 0, -1, int.MinValue),
        .. OutOfRange("MaxPool2d", "dilation", dilation => Image(5).MaxPool2d(2, dilation: (int)dilation), 0, -1, int.MinValue),
        .. Refused<ShapeException>("MaxPool2d", ["MaxPool2d", "dilation"], () => Image(5).MaxPool2d(2, dilation: int.MaxValue)),
        .. Pools("AvgPool1d", 1, (x, n) => x.AvgPool1d(n.Kernel, n.Stride, n.Padding)),
        .. Pools("AvgPool2d", 2, (x, n) => x.AvgPool2d(n.Kernel, n.Stride, n.Padding)),
        .. Adapts("AdaptiveAvgPool1d", 1, (x, size) => x.AdaptiveAvgPool1d(size)),
        .. Adapts("AdaptiveAvgPool2d", 2, (x, size) => x.AdaptiveAvgPool2d(size)),
        .. Adapts("AdaptiveMaxPool1d", 1, (x, size) => x.AdaptiveMaxPool1d(size)),
        .. Adapts("AdaptiveMaxPool2d", 2, (x, size) => x.AdaptiveMaxPool2d(size)),
    ];

    private static IEnumerable<BadCall> Windows =>
    [
        .. NullArgument("Unfold", "kernel", () => Image(5).Unfold(null!)),
        .. OutOfRange("Unfold", "kernel", kernel => Image(5).Unfold((int)kernel), 0, -1, int.MinValue),
        .. OutOfRange("Unfold", "stride", stride => Image(5).Unfold(2, stride: (int)stride), 0, -1),
        .. OutOfRange("Unfold", "dilation", dilation => Image(5).Unfold(2, dilation: (int)dilation), 0, -1),
        .. OutOfRange("Unfold", "padding", padding => Image(5).Unfold(2, padding: (int)padding), -1, int.MinValue),
        .. Refused<ShapeException>("Unfold", ["Unfold"], () => Image(5).Unfold(6), () => Image(5).Unfold([1, 2, 3]), () => Vector.Unfold(1), () => Series(5).Reshape(2, 4, 5, 1, 1).Unfold(1), () => Image(5).Unfold(1, padding: int.MaxValue), () => Tensor.Zeros([1, 1, 0, 5]).Unfold(1)),
        .. NullArgument("Fold", "outputSize", () => Columns.Fold(null!, 2)),
        .. NullArgument("Fold", "kernel", () => Columns.Fold(3, null!)),
        .. OutOfRange("Fold", "outputSize", size => Columns.Fold((int)size, 2), 0, -1),
        .. OutOfRange("Fold", "kernel", kernel => Columns.Fold(3, (int)kernel), 0, -1),
        .. OutOfRange("Fold", "stride", stride => Columns.Fold(3, 2, stride: (int)stride), 0, -1),
        .. OutOfRange("Fold", "dilation", dilation => Columns.Fold(3, 2, dilation: (int)dilation), 0),
        .. OutOfRange("Fold", "padding", padding => Columns.Fold(3, 2, padding: (int)padding), -1),
        .. Refused<ShapeException>("Fold", ["Fold"], () => Columns.Fold(4, 2), () => Columns.Fold(2, 3), () => Columns.Fold([3, 3, 3], 2), () => Vector.Fold(3, 2), () => Columns.Fold(int.MaxValue, int.MaxValue), () => Tensor.Zeros([1, 5, 4]).Fold(3, 2), () => Columns.Fold(int.MaxValue, 2, padding: int.MaxValue)),
        .. NullArgument("Interpolate", "size", () => Image(5).Interpolate(null!)),
        .. OutOfRange("Interpolate", "size", size => Image(5).Interpolate((int)size), 0, -1, int.MinValue),
        .. OutOfRange("Interpolate", "mode", mode => Image(5).Interpolate(3, (InterpolationMode)(int)mode), 99, -1),
        .. Refused<ArgumentException>("Interpolate", ["Interpolate", "alignCorners"], () => Image(5).Interpolate(3, alignCorners: true)),
        .. Refused<ShapeException>("Interpolate", ["Interpolate"], () => Matrix.Interpolate(3), () => Scalar.Interpolate(3), () => Image(5).Interpolate([1, 2, 3]), () => Image(0).Interpolate(3), () => Image(5).Interpolate(int.MaxValue), () => Volume(5).Interpolate(int.MaxValue, InterpolationMode.Linear)),
        .. OutOfRange("PixelShuffle", "factor", factor => Image(4).PixelShuffle((int)factor), 0, -1, int.MinValue),
        .. Refused<ShapeException>("PixelShuffle", ["PixelShuffle"], () => Image(4).PixelShuffle(3), () => Matrix.PixelShuffle(1), () => Image(4).PixelShuffle(int.MaxValue), () => Tensor.Zeros([0, 1L << 40, 1]).PixelShuffle(1 << 30)),
        .. OutOfRange("PixelUnshuffle", "factor", factor => Image(4).PixelUnshuffle((int)factor), 0, -1, int.MinValue),
        .. Refused<ShapeException>("PixelUnshuffle", ["PixelUnshuffle"], () => Image(4).PixelUnshuffle(3), () => Matrix.PixelUnshuffle(1), () => Image(4).PixelUnshuffle(int.MaxValue), () => Tensor.Zeros([4, 0, 0]).PixelUnshuffle(int.MaxValue)),
    ];

    private static Tensor Columns => Tensor.Zeros([1, 8, 4]);

    // [2, 4, size, ..] and a filter [4, 4, 3, ..] with as many axes.
    private static Tensor Series(long size) => Tensor.Zeros([2, 4, size]);

    private static Tensor Image(long size) => Tensor.Zeros([2, 4, size, size]);

    private static Tensor Volume(long size) => Tensor.Zeros([2, 4, size, size, size]);

    private static Tensor Filter(int axes) => Tensor.Zeros(Shape.Create([4, 4, .. Enumerable.Repeat(3L, axes)]));

    private static Tensor Input(int axes) => axes == 1 ? Series(5) : axes == 2 ? Image(5) : Volume(5);

    /// <summary>What is wrong for every convolution, forwards and transposed.</summary>
    private static IEnumerable<BadCall> Convolving(string method, int axes, Func<Tensor, Tensor, Tensor?, WindowNumbers, Tensor> call) =>
    [
        .. NullArgument(method, "weight", () => call(Input(axes), None, null, new())),
        .. OutOfRange(method, "stride", stride => call(Input(axes), Filter(axes), null, new() { Stride = (int)stride }), 0, -1, int.MinValue),
        .. OutOfRange(method, "dilation", dilation => call(Input(axes), Filter(axes), null, new() { Dilation = (int)dilation }), 0, -1),
        .. OutOfRange(method, "padding", padding => call(Input(axes), Filter(axes), null, new() { Padding = (int)padding }), -1, int.MinValue),
        .. OutOfRange(method, "groups", groups => call(Input(axes), Filter(axes), null, new() { Groups = (int)groups }), 0, -1, int.MinValue),
        .. Refused<ShapeException>(method, [method, "groups"], () => call(Input(axes), Filter(axes), null, new() { Groups = 3 }), () => call(Input(axes), Filter(axes).Slice(0, 0, 2).Slice(1, 0, 3), null, new()), () => call(Input(axes), Matrix, null, new()), () => call(Input(axes), Scalar, null, new()), () => call(Input(axes), Filter(axes), null, new() { Groups = int.MaxValue })),
        .. Refused<ShapeException>(method, [method, "input", "axes"], () => call(Scalar, Filter(axes), null, new()), () => call(Vector, Filter(axes), null, new()), () => call(Input(axes).Unsqueeze(0), Filter(axes), null, new())),
        .. Refused<ShapeException>(method, [method, "bias", "[3]", "4 channels"], () => call(Input(axes), Filter(axes), Vector, new())),
        .. Refused<ShapeException>(method, [method, "bias", "4 channels"], () => call(Input(axes), Filter(axes), Scalar, new()), () => call(Input(axes), Filter(axes), Matrix, new())),
        .. Refused<ShapeException>(method, [method, "stride", "numbers"], () => call(Input(axes), Filter(axes), null, new() { Stride = PerAxis.Create([1, 1, 1, 1]) }), () => call(Input(axes), Filter(axes), null, new() { Stride = PerAxis.Create([]) })),
        .. Refused<ShapeException>(method, [method, "axis"], () => call(Input(axes), Filter(axes), null, new() { Dilation = int.MaxValue }), () => call(Input(axes), Filter(axes).Slice(2, 0, 0), null, new()), () => call(Input(axes).Slice(2, 0, 0), Filter(axes), null, new() { Padding = 2 })),
    ];

    private static IEnumerable<BadCall> Pools(string method, int axes, Func<Tensor, WindowNumbers, Tensor> call) =>
    [
        .. NullArgument(method, "kernel", () => call(Input(axes), new() { Kernel = null! })),
        .. OutOfRange(method, "kernel", kernel => call(Input(axes), new() { Kernel = (int)kernel }), 0, -1, int.MinValue),
        .. OutOfRange(method, "stride", stride => call(Input(axes), new() { Stride = (int)stride }), 0, -1),
        .. OutOfRange(method, "padding", padding => call(Input(axes), new() { Padding = (int)padding }), -1, 2, int.MaxValue),
        .. Refused<ShapeException>(method, [method, "input", "axes"], () => call(Vector, new()), () => call(Scalar, new()), () => call(Volume(5), new())),
        .. Refused<ShapeException>(method, [method, "window"], () => call(Input(axes), new() { Kernel = 6 }), () => call(Input(axes), new() { Kernel = int.MaxValue }), () => call(Input(axes).Slice(2, 0, 0), new())),
        .. Refused<ShapeException>(method, [method, "kernel", "numbers"], () => call(Input(axes), new() { Kernel = PerAxis.Create([1, 1, 1]) })),
    ];

    private static IEnumerable<BadCall> Adapts(string method, int axes, Func<Tensor, PerAxis, Tensor> call) =>
    [
        .. NullArgument(method, "outputSize", () => call(Input(axes), null!)),
        .. OutOfRange(method, "outputSize", size => call(Input(axes), (int)size), 0, -1, int.MinValue),
        .. Refused<ShapeException>(method, [method, "outputSize", "numbers"], () => call(Input(axes), PerAxis.Create([1, 1, 1]))),
        .. Refused<ShapeException>(method, [method, "input", "axes"], () => call(Vector, 1), () => call(Scalar, 1), () => call(Volume(5), 1)),
        .. Refused<ShapeException>(method, [method, "no elements"], () => call(Input(axes).Slice(2, 0, 0), 2)),
    ];

    private sealed record WindowNumbers
    {
        public PerAxis Kernel { get; init; } = 2;

        public PerAxis? Stride { get; init; }

        public PerAxis? Padding { get; init; }

        public PerAxis? Dilation { get; init; }

        public PerAxis? OutputPadding { get; init; }

        public int Groups { get; init; } = 1;
    }
}
