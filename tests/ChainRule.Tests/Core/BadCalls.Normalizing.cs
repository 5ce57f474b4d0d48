using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Core;

internal static partial class BadCalls
{
    private static IEnumerable<BadCall> Normalizing =>
    [
        .. Channelwise("BatchNorm", (x, weight, bias, epsilon) => x.BatchNorm(weight, bias, epsilon)),
        .. Refused<ShapeException>("BatchNorm", ["BatchNorm", "input", "axes"], () => Vector.BatchNorm(), () => Scalar.BatchNorm()),
        .. Channelwise("BatchNormWith", (x, weight, bias, epsilon) => x.BatchNormWith(Ones4, Ones4, weight, bias, epsilon)),
        .. NullArgument("BatchNormWith", "mean", () => Image(3).BatchNormWith(None, Ones4)),
        .. NullArgument("BatchNormWith", "variance", () => Image(3).BatchNormWith(Ones4, None)),
        .. Refused<ShapeException>("BatchNormWith", ["BatchNormWith", "[2, 4, 3, 3]", "[4]"], () => Image(3).BatchNormWith(Vector, Ones4), () => Image(3).BatchNormWith(Ones4, Vector), () => Image(3).BatchNormWith(Ones4, Scalar)),
        .. Channelwise("GroupNorm", (x, weight, bias, epsilon) => x.GroupNorm(2, weight, bias, epsilon)),
        .. OutOfRange("GroupNorm", "groups", groups => Image(3).GroupNorm((int)groups), 0, -1, int.MinValue),
        .. Refused<ShapeException>("GroupNorm", ["GroupNorm", "groups", "4 channels"], () => Image(3).GroupNorm(3), () => Image(3).GroupNorm(8), () => Image(3).GroupNorm(int.MaxValue)),
        .. Refused<ShapeException>("GroupNorm", ["GroupNorm", "input", "axes"], () => Vector.GroupNorm(1), () => Scalar.GroupNorm(1)),
        .. Channelwise("InstanceNorm", (x, weight, bias, epsilon) => x.InstanceNorm(weight, bias, epsilon)),
        .. Refused<ShapeException>("InstanceNorm", ["InstanceNorm", "input", "axes"], () => Matrix.InstanceNorm(), () => Vector.InstanceNorm(), () => Scalar.InstanceNorm()),
        .. LastAxes("LayerNorm", (x, shape, weight, epsilon) => x.LayerNorm(shape, weight, null, epsilon)),
        .. Refused<ShapeException>("LayerNorm", ["LayerNorm", "bias", "[3]"], () => Matrix.LayerNorm([3], null, Tensor.Zeros([2])), () => Matrix.LayerNorm([3], Vector, Matrix)),
        .. LastAxes("RmsNorm", (x, shape, weight, epsilon) => x.RmsNorm(shape, weight, epsilon)),
    ];

    private static Tensor Ones4 => Tensor.Ones([4]);

    /// <summary>What is wrong for every normalization with a weight and a bias for each channel.</summary>
    private static IEnumerable<BadCall> Channelwise(string method, Func<Tensor, Tensor?, Tensor?, double, Tensor> call) =>
    [
        .. Refused<ShapeException>(method, [method, "[2, 4, 3, 3]", "[4]"], () => call(Image(3), Vector, null, 1), () => call(Image(3), null, Vector, 1), () => call(Image(3), Scalar, null, 1), () => call(Image(3), null, Tensor.Zeros([4, 1]), 1)),
        .. OutOfRange(method, "epsilon", epsilon => call(Image(3), null, null, epsilon), -1e-5, double.NaN, double.PositiveInfinity),
    ];

    private static IEnumerable<BadCall> LastAxes(string method, Func<Tensor, Shape, Tensor?, double, Tensor> call) =>
    [
        .. NullArgument(method, "normalized", () => call(Matrix, null!, null, 1)),
        .. Refused<ShapeException>(method, [method, "[2, 3]", "last axes"], () => call(Matrix, [2], null, 1), () => call(Matrix, [], null, 1), () => call(Matrix, [1, 2, 3], null, 1), () => call(Matrix, [3, 2], null, 1)),
        .. Refused<ShapeException>(method, [method, "weight", "[3]"], () => call(Matrix, [3], Tensor.Zeros([2]), 1), () => call(Matrix, [3], Matrix, 1), () => call(Matrix, [3], Scalar, 1)),
        .. OutOfRange(method, "epsilon", epsilon => call(Matrix, [3], null, epsilon), -1e-5, double.NaN, double.PositiveInfinity),
    ];
}
