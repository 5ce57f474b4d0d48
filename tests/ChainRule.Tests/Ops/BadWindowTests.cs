using ChainRule.Nn;

namespace ChainRule.Tests.Ops;

/// <summary>Calls that cannot be right fail with a typed error that names the operation, before any memory is taken.</summary>
public sealed class BadWindowTests
{
    private static readonly Tensor _image = Tensor.Zeros([2, 4, 5, 5]), _series = Tensor.Zeros([2, 4, 5]), _weight = Tensor.Zeros([6, 4, 3, 3]);

    private static readonly Dictionary<string, (Type Error, Action Call)> _calls = new()
    {
        ["Conv2d: stride 0"] = (typeof(ArgumentOutOfRangeException), () => _image.Conv2d(_weight, stride: 0)),
        ["Conv2d: stride negative"] = (typeof(ArgumentOutOfRangeException), () => _image.Conv2d(_weight, stride: [1, -1])),
        ["Conv2d: dilation 0"] = (typeof(ArgumentOutOfRangeException), () => _image.Conv2d(_weight, dilation: 0)),
        ["Conv2d: padding negative"] = (typeof(ArgumentOutOfRangeException), () => _image.Conv2d(_weight, padding: -1)),
        ["Conv2d: groups 0"] = (typeof(ArgumentOutOfRangeException), () => _image.Conv2d(_weight, groups: 0)),
        ["Conv2d: groups do not divide"] = (typeof(ShapeException), () => _image.Conv2d(_weight, groups: 3)),
        ["Conv2d: channels differ"] = (typeof(ShapeException), () => _image.Conv2d(Tensor.Zeros([6, 3, 3, 3]))),
        ["Conv2d: rank of the input"] = (typeof(ShapeException), () => Tensor.Zeros([5, 5]).Conv2d(_weight)),
        ["Conv2d: rank of the weight"] = (typeof(ShapeException), () => _image.Conv2d(Tensor.Zeros([6, 4, 3]))),
        ["Conv2d: bias"] = (typeof(ShapeException), () => _image.Conv2d(_weight, Tensor.Zeros([5]))),
        ["Conv2d: kernel larger than the input"] = (typeof(ShapeException), () => _image.Conv2d(Tensor.Zeros([1, 4, 6, 1]))),
        ["Conv2d: kernel too far apart"] = (typeof(ShapeException), () => _image.Conv2d(_weight, dilation: int.MaxValue)),
        ["Conv2d: kernel without places"] = (typeof(ShapeException), () => _image.Conv2d(Tensor.Zeros([6, 4, 0, 3]))),
        ["Conv2d: input without elements"] = (typeof(ShapeException), () => Tensor.Zeros([2, 4, 0, 5]).Conv2d(_weight, padding: 2)),
        ["Conv2d: stride for three axes"] = (typeof(ShapeException), () => _image.Conv2d(_weight, stride: [1, 1, 1])),
        ["Conv1d: rank"] = (typeof(ShapeException), () => _image.Conv1d(Tensor.Zeros([6, 4, 3]))),
        ["Conv3d: rank"] = (typeof(ShapeException), () => _series.Conv3d(Tensor.Zeros([6, 4, 3, 3, 3]))),
        ["ConvTranspose2d: stride 0"] = (typeof(ArgumentOutOfRangeException), () => _image.ConvTranspose2d(Tensor.Zeros([4, 2, 3, 3]), stride: 0)),
        ["ConvTranspose2d: outputPadding as large as the stride"] = (typeof(ArgumentOutOfRangeException), () => _image.ConvTranspose2d(Tensor.Zeros([4, 2, 3, 3]), stride: 2, outputPadding: 2)),
        ["ConvTranspose2d: groups do not divide"] = (typeof(ShapeException), () => _image.ConvTranspose2d(Tensor.Zeros([4, 2, 3, 3]), groups: 3)),
        ["ConvTranspose2d: channels differ"] = (typeof(ShapeException), () => _image.ConvTranspose2d(_weight)),
        ["ConvTranspose2d: nothing left"] = (typeof(ShapeException), () => _image.ConvTranspose2d(Tensor.Zeros([4, 2, 1, 1]), padding: 3)),
        ["ConvTranspose2d: too much"] = (typeof(ShapeException), () => _image.ConvTranspose2d(Tensor.Zeros([4, 2, 3, 3]), stride: int.MaxValue)),
        ["MaxPool2d: kernel 0"] = (typeof(ArgumentOutOfRangeException), () => _image.MaxPool2d(0)),
        ["MaxPool2d: stride 0"] = (typeof(ArgumentOutOfRangeException), () => _image.MaxPool2d(2, stride: 0)),
        ["MaxPool2d: dilation 0"] = (typeof(ArgumentOutOfRangeException), () => _image.MaxPool2d(2, dilation: 0)),
        ["MaxPool2d: padding more than half"] = (typeof(ArgumentOutOfRangeException), () => _image.MaxPool2d(2, padding: 2)),
        ["MaxPool2d: kernel larger than the input"] = (typeof(ShapeException), () => _image.MaxPool2d(6)),
        ["MaxPool2d: rank"] = (typeof(ShapeException), () => Tensor.Zeros([5, 5]).MaxPool2d(2)),
        ["MaxPool1d: rank"] = (typeof(ShapeException), () => _image.MaxPool1d(2)),
        ["AvgPool2d: padding negative"] = (typeof(ArgumentOutOfRangeException), () => _image.AvgPool2d(2, padding: -1)),
        ["AvgPool1d: kernel larger than the input"] = (typeof(ShapeException), () => _series.AvgPool1d(6)),
        ["AdaptiveAvgPool2d: size 0"] = (typeof(ArgumentOutOfRangeException), () => _image.AdaptiveAvgPool2d(0)),
        ["AdaptiveMaxPool1d: no elements"] = (typeof(ShapeException), () => Tensor.Zeros([2, 4, 0]).AdaptiveMaxPool1d(2)),
        ["GlobalAvgPool: rank"] = (typeof(ShapeException), () => Tensor.Zeros([2, 4]).GlobalAvgPool()),
        ["Unfold: kernel larger than the input"] = (typeof(ShapeException), () => _image.Unfold(6)),
        ["Fold: columns do not fit"] = (typeof(ShapeException), () => Tensor.Zeros([1, 4, 5]).Fold(3, 2)),
        ["Fold: kernel 0"] = (typeof(ArgumentOutOfRangeException), () => Tensor.Zeros([1, 4, 4]).Fold(3, 0)),
        ["Interpolate: size 0"] = (typeof(ArgumentOutOfRangeException), () => _image.Interpolate(0)),
        ["Interpolate: rank"] = (typeof(ShapeException), () => Tensor.Zeros([2, 4]).Interpolate(3)),
        ["PixelShuffle: channels"] = (typeof(ShapeException), () => _image.PixelShuffle(3)),
        ["PixelUnshuffle: height"] = (typeof(ShapeException), () => _image.PixelUnshuffle(2)),
        ["Pad: not enough to mirror"] = (typeof(ShapeException), () => _series.Pad(2, 5, 0, PaddingMode.Reflect)),
        ["Pad: negative"] = (typeof(ShapeException), () => _series.Pad(2, -1, 0, PaddingMode.Circular)),
        ["BatchNorm: weight"] = (typeof(ShapeException), () => _image.BatchNorm(Tensor.Zeros([5]))),
        ["GroupNorm: groups do not divide"] = (typeof(ShapeException), () => _image.GroupNorm(3)),
        ["LayerNorm: last axes"] = (typeof(ShapeException), () => _image.LayerNorm([4])),
        ["RmsNorm: weight"] = (typeof(ShapeException), () => _image.RmsNorm([5], Tensor.Zeros([4]))),
        ["Embedding: id 4"] = (typeof(ShapeException), () => Tensor.From([0L, 4]).Embedding(Tensor.Zeros([4, 2]))),
        ["Embedding: id -1"] = (typeof(ShapeException), () => Tensor.From([-1L]).Embedding(Tensor.Zeros([4, 2]))),
        ["Embedding: the ids"] = (typeof(DTypeException), () => Tensor.From([1f]).Embedding(Tensor.Zeros([4, 2]))),
        ["Embedding: the padding index 4"] = (typeof(ArgumentOutOfRangeException), () => Tensor.From([1L]).Embedding(Tensor.Zeros([4, 2]), 4)),
        ["Conv2d(3, 8, kernel 3): layer"] = (typeof(ShapeException), () => new Conv2d(3, 8, 3).Forward(_image)),
        ["Conv2d: 2 groups"] = (typeof(ArgumentException), () => new Conv2d(3, 8, 3, groups: 2)),
        ["Conv2d: kernel"] = (typeof(ArgumentOutOfRangeException), () => new Conv2d(3, 8, 0)),
        ["BatchNorm2d(3): channels"] = (typeof(ShapeException), () => new BatchNorm2d(3).Forward(_image)),
        ["BatchNorm1d(4): one element"] = (typeof(ShapeException), () => new BatchNorm1d(4).Forward(Tensor.Zeros([1, 4]))),
        ["LayerNorm([3]): layer"] = (typeof(ShapeException), () => new LayerNorm(3).Forward(_image)),
        ["GroupNorm(2, 6): layer"] = (typeof(ShapeException), () => new GroupNorm(2, 6).Forward(_image)),
        ["InstanceNorm1d(4): layer"] = (typeof(ShapeException), () => new InstanceNorm1d(4).Forward(_image)),
        ["Embedding: row 9"] = (typeof(ArgumentOutOfRangeException), () => new Embedding(4, 2, paddingIndex: 9)),
    };

    public static TheoryData<string> Names => [.. _calls.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_bad_call_fails_with_a_typed_error_that_names_the_operation(string name)
    {
        (Type error, Action call) = _calls[name];
        Exception thrown = Assert.ThrowsAny<Exception>(call);
        Assert.IsType(error, thrown);
        Assert.Contains(name[..name.IndexOf(": ", StringComparison.Ordinal)], thrown.Message, StringComparison.Ordinal);
    }
}
