using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Core;

internal static partial class BadCalls
{
    private static IEnumerable<BadCall> Attention =>
    [
        .. Null("ScaledDotProductAttention", () => Matrix.ScaledDotProductAttention(None, Matrix), () => Matrix.ScaledDotProductAttention(Matrix, None)),
        .. Refused<ShapeException>("ScaledDotProductAttention", ["ScaledDotProductAttention", "queries", "keys", "[..., places, size]"], () => Vector.ScaledDotProductAttention(Matrix, Matrix), () => Matrix.ScaledDotProductAttention(Vector, Matrix), () => Matrix.ScaledDotProductAttention(Scalar, Scalar), () => Scalar.ScaledDotProductAttention(Matrix, Matrix), () => Matrix.ScaledDotProductAttention(Matrix.T, Matrix.T)),
        .. Refused<ShapeException>("ScaledDotProductAttention", ["ScaledDotProductAttention", "values", "[..., places, width]"], () => Matrix.ScaledDotProductAttention(Matrix, Vector), () => Matrix.ScaledDotProductAttention(Matrix, Matrix.T), () => Matrix.ScaledDotProductAttention(Matrix, Scalar)),
        .. Refused<ShapeException>("ScaledDotProductAttention", ["ScaledDotProductAttention", "do not broadcast"], () => Tensor.Zeros([3, 2, 3]).ScaledDotProductAttention(Tensor.Zeros([2, 2, 3]), Matrix), () => Tensor.Zeros([3, 2, 3]).ScaledDotProductAttention(Matrix, Tensor.Zeros([2, 2, 3])), () => Matrix.ScaledDotProductAttention(Matrix, Matrix, Truth)),
        .. Refused<ShapeException>("ScaledDotProductAttention", ["ScaledDotProductAttention", "mask", "[2, 2]"], () => Matrix[..1].ScaledDotProductAttention(Matrix, Matrix, Tensor.Ones([2, 2], DType.Bool))),
        .. Refused<DTypeException>("ScaledDotProductAttention", ["ScaledDotProductAttention", "mask", "int32"], () => Matrix.ScaledDotProductAttention(Matrix, Matrix, Tensor.Ones([2, 2], DType.Int32))),
        .. Refused<ArgumentOutOfRangeException>("ScaledDotProductAttention", ["ScaledDotProductAttention", "scale"], () => Matrix.ScaledDotProductAttention(Matrix, Matrix, scale: double.NaN), () => Matrix.ScaledDotProductAttention(Matrix, Matrix, scale: double.PositiveInfinity)),
    ];
}
