using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Core;

internal static partial class BadCalls
{
    private static IEnumerable<BadCall> Ordering =>
    [
        .. Axis("Argsort", (x, axis) => x.Argsort(axis)),
        .. Axis("Sort", (x, axis) => x.Sort(axis).Values),
        .. Axis("TopK", (x, axis) => x.TopK(1, axis).Values),
        .. Refused<ShapeException>("TopK", ["TopK", "axis"], () => Vector.TopK(4), () => Vector.TopK(-1), () => Vector.TopK(long.MaxValue), () => Nothing.TopK(1, 0), () => Scalar.TopK(2)),
        .. Axis("Kthvalue", (x, axis) => x.Kthvalue(1, axis).Value),
        .. Refused<ShapeException>("Kthvalue", ["Kthvalue", "axis"], () => Vector.Kthvalue(4), () => Vector.Kthvalue(0), () => Vector.Kthvalue(long.MinValue), () => Nothing.Kthvalue(1, 0)),
        .. Axes("Median", (x, axes) => x.Median(axes)),
        .. Refused<ShapeException>("Median", ["Median", "[0, 3]", "no elements"], () => Nothing.Median(), () => Nothing.Median(0)),
        .. Axes("Quantile", (x, axes) => x.Quantile(0.5, axes)),
        .. OutOfRange("Quantile", "q", q => Vector.Quantile(q), -0.1, 1.5, double.NaN, double.PositiveInfinity),
        .. Refused<ShapeException>("Quantile", ["Quantile", "[0, 3]", "no elements"], () => Nothing.Quantile(0.5), () => Nothing.Quantile(0.5, 0, true)),
        .. OutOfRange("Quantile", "rule", rule => Vector.Quantile(0.3, null, false, (QuantileRule)(int)rule), 99, -1),
        .. Axes("Mode", (x, axes) => x.Mode(axes)),
        .. Refused<ShapeException>("Mode", ["Mode", "[0, 3]", "no elements"], () => Nothing.Mode(), () => Nothing.Mode(0)),
        .. NullArgument("SearchSorted", "values", () => Vector.SearchSorted(None)),
        .. Refused<ShapeException>("SearchSorted", ["SearchSorted", "values"], () => Matrix.SearchSorted(Vector), () => Matrix.SearchSorted(Scalar), () => Scalar.SearchSorted(Vector), () => Matrix.SearchSorted(Tensor.Zeros([3, 3])), () => Matrix.SearchSorted(Tensor.Zeros([1, 2, 3]))),
        .. NullArgument("Bucketize", "boundaries", () => Vector.Bucketize(None)),
        .. Refused<ShapeException>("Bucketize", ["Bucketize", "boundaries", "one axis"], () => Vector.Bucketize(Matrix), () => Vector.Bucketize(Scalar), () => Scalar.Bucketize(Matrix), () => Nothing.Bucketize(Nothing)),
        .. NullArgument("IsIn", "elements", () => Vector.IsIn(None), () => Nothing.IsIn(None)),
    ];

    private static IEnumerable<BadCall> Counting =>
    [
        .. Axes("All", (x, axes) => x.All(axes)),
        .. Axes("Any", (x, axes) => x.Any(axes)),
        .. Axes("CountNonzero", (x, axes) => x.CountNonzero(axes)),
        .. Axes("NanSum", (x, axes) => x.NanSum(axes)),
        .. Axes("NanMean", (x, axes) => x.NanMean(axes)),
        .. Axes("Prod", (x, axes) => x.Prod(axes)),
        .. Axes("Norm", (x, axes) => x.Norm(2, axes)),
        .. OutOfRange("Norm", "p", p => Vector.Norm(p), -1, double.NaN),
        .. Axes("Standardize", (x, axes) => x.Standardize(axes)),
        .. OutOfRange("Standardize", "epsilon", epsilon => Vector.Standardize(epsilon: epsilon), -1, double.NaN, double.PositiveInfinity),
        .. Refused<DTypeException>("Bincount", ["Bincount", "int32 or int64"], () => Vector.Bincount(), () => Truth.Bincount()),
        .. Refused<ShapeException>("Bincount", ["Bincount", "-1"], () => (Integers - 1).Bincount()),
        .. Refused<ShapeException>("Bincount", ["Bincount", "9223372036854775807"], () => Tensor.From([long.MaxValue]).Bincount()),
        .. Refused<ShapeException>("Bincount", ["Bincount", "weights", "[3]"], () => Integers.Bincount(Tensor.Zeros([2])), () => Integers.Bincount(Matrix)),
        .. Refused<InsufficientMemoryException>("Bincount", ["bytes"], () => Tensor.From([1L << 50]).Bincount(), () => Integers.Bincount(minLength: 1L << 50)),
        .. OutOfRange("Bincount", "minLength", least => Integers.Bincount(minLength: (long)least), -1),
        .. OutOfRange("Histogram", "bins", bins => Vector.Histogram((long)bins), 0, -1, long.MinValue),
        .. Refused<ArgumentException>("Histogram", ["Histogram", "range"], () => Vector.Histogram(2, 1, 0), () => Vector.Histogram(2, double.NaN), () => Vector.Histogram(2, 0, double.PositiveInfinity), () => (Vector / 0).Histogram(2), () => (Vector * double.NaN).Histogram(2)),
        .. Refused<ShapeException>("Histogram", ["Histogram", "edges"], () => Vector.Histogram(long.MaxValue)),
        .. Refused<InsufficientMemoryException>("Histogram", ["bytes"], () => Vector.Histogram(1L << 50)),
    ];

    private static IEnumerable<BadCall> Cumulating =>
    [
        .. Axis("CumulativeSum", (x, axis) => x.CumulativeSum(axis)),
        .. Axis("CumulativeProd", (x, axis) => x.CumulativeProd(axis)),
        .. Axis("CumulativeLogSumExp", (x, axis) => x.CumulativeLogSumExp(axis)),
        .. Axis("CumulativeMax", (x, axis) => x.CumulativeMax(axis).Values),
        .. Axis("CumulativeMin", (x, axis) => x.CumulativeMin(axis).Values),
        .. Axis("Diff", (x, axis) => x.Diff(1, axis)),
        .. OutOfRange("Diff", "n", n => Vector.Diff((int)n), -1, int.MinValue),
    ];
}
