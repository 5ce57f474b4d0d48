using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Core;

internal static partial class BadCalls
{
    private static IEnumerable<BadCall> Writing =>
    [
        .. AtPositions("Scatter", (x, axis, at, source) => x.Scatter(axis, at, source)),
        .. AtPositions("ScatterAdd", (x, axis, at, source) => x.ScatterAdd(axis, at, source)),
        .. AtPositions("ScatterReduce", (x, axis, at, source) => x.ScatterReduce(axis, at, source, ScatterRule.Max)),
        .. OutOfRange("ScatterReduce", "rule", rule => Vector.ScatterReduce(0, Integers, Vector, (ScatterRule)(int)rule), 99, -1),
        .. AtPositions("IndexAdd", (x, axis, at, source) => x.IndexAdd(axis, at, source)),
        .. AtPositions("IndexCopy", (x, axis, at, source) => x.IndexCopy(axis, at, source)),
        .. Refused<ShapeException>("IndexAdd", ["IndexAdd", "[2, 3]", "slice"], () => Matrix.IndexAdd(0, Integers, Matrix), () => Matrix.IndexAdd(1, Integers, Matrix.T)),
        .. Refused<ShapeException>("IndexCopy", ["IndexCopy", "[2, 3]", "slice"], () => Matrix.IndexCopy(0, Integers, Matrix), () => Matrix.IndexCopy(1, Integers, Matrix.T)),
        .. NullArgument("IndexPut", "values", () => Vector.IndexPut([Integers], None)),
        .. NullArgument("IndexPut", "positions", () => Vector.IndexPut([None], Vector), () => Matrix.IndexPut([Integers, None], Vector)),
        .. Refused<DTypeException>("IndexPut", ["IndexPut", "positions", "[3]"], () => Vector.IndexPut([Vector], Vector), () => Vector.IndexPut([Truth], Vector)),
        .. Refused<ShapeException>("IndexPut", ["IndexPut", "[3]"], () => Vector.IndexPut([], Vector), () => Vector.IndexPut([Integers, Integers], Vector), () => Vector.IndexPut([Integers], Tensor.Zeros([2])), () => Vector.IndexPut([Integers], Matrix), () => Matrix.IndexPut([Integers, Tensor.From([0, 1])], Scalar)),
        .. Refused<ShapeException>("IndexPut", ["IndexPut", "position", "outside axis"], () => Vector.IndexPut([Tensor.From([3])], Scalar), () => Vector.IndexPut([Tensor.From([-4L])], Scalar), () => Matrix.IndexPut([Tensor.From([0]), Tensor.From([long.MaxValue])], Scalar, accumulate: true), () => Nothing.IndexPut([Tensor.From([0])], Scalar)),
        .. NullArgument("MaskedSelect", "mask", () => Vector.MaskedSelect(None)),
        .. Refused<DTypeException>("MaskedSelect", ["MaskedSelect", "bool"], () => Vector.MaskedSelect(Vector), () => Vector.MaskedSelect(Integers)),
        .. Refused<ShapeException>("MaskedSelect", ["MaskedSelect", "[3]", "do not broadcast"], () => Vector.MaskedSelect(Tensor.From([true, false])), () => Vector.MaskedSelect(Tensor.Zeros([2, 2], DType.Bool)), () => Vector.MaskedSelect(Nothing.T.To(DType.Bool))),
        .. NullArgument("Embedding", "weight", () => Integers.Embedding(None)),
        .. Refused<DTypeException>("Embedding", ["Embedding", "ids", "[3]"], () => Vector.Embedding(Matrix), () => Truth.Embedding(Matrix)),
        .. Refused<ShapeException>("Embedding", ["Embedding", "table"], () => Integers.Embedding(Vector), () => Integers.Embedding(Matrix), () => (Integers - 1).Embedding(Matrix.T), () => Integers.Embedding(Nothing), () => Tensor.From([long.MaxValue]).Embedding(Matrix), () => Integers.Embedding(Scalar)),
        .. OutOfRange("Embedding", "paddingIndex", index => Integers.Embedding(Matrix.T, (long)index), -1, 3, long.MaxValue),
        .. Refused<DTypeException>("Embedding", ["Embedding", "frozen", "bool[3]"], () => Integers.Embedding(Matrix.T, frozen: Vector)),
        .. Refused<ShapeException>("Embedding", ["Embedding", "frozen", "bool[3]"], () => Integers.Embedding(Matrix.T, frozen: Tensor.From([true]))),
    ];

    private static IEnumerable<BadCall> Laying =>
    [
        .. Refused<ShapeException>("Roll", ["Roll", "axis", "[2, 3]"], () => Matrix.Roll(1, 2), () => Matrix.Roll(1, -3), () => Matrix.Roll([1, 1], [0, 2]), () => Matrix.Roll(long.MinValue, int.MaxValue)),
        .. Refused<ArgumentException>("Roll", ["Roll", "shifts", "axes"], () => Matrix.Roll([1], [0, 1]), () => Matrix.Roll([], [0])),
        .. Refused<ShapeException>("Rot90", ["Rot90", "[2, 3]"], () => Matrix.Rot90(1, 0, 0), () => Matrix.Rot90(1, 1, -1), () => Matrix.Rot90(1, 0, 2), () => Matrix.Rot90(0, -3, 1)),
        .. Refused<ShapeException>("Rot90", ["Rot90", "axis"], () => Vector.Rot90(), () => Scalar.Rot90()),
        .. Refused<ShapeException>("Diagonal", ["Diagonal", "[2, 3]"], () => Matrix.Diagonal(0, 0, 0), () => Matrix.Diagonal(0, 1, -1), () => Matrix.Diagonal(0, 0, 2), () => Matrix.Diagonal(long.MaxValue, -3, 1)),
        .. Refused<ShapeException>("Diagonal", ["Diagonal", "axis"], () => Vector.Diagonal(), () => Scalar.Diagonal()),
        .. Refused<ShapeException>("DiagonalEmbed", ["DiagonalEmbed"], () => Scalar.DiagonalEmbed(), () => Vector.DiagonalEmbed(long.MaxValue), () => Vector.DiagonalEmbed(long.MinValue), () => Vector.DiagonalEmbed(1L << 40), () => Vector.DiagonalEmbed(0, 0, 0), () => Vector.DiagonalEmbed(0, 2, 0), () => Vector.DiagonalEmbed(1L << 31, 0, -3)),
        .. Refused<InsufficientMemoryException>("DiagonalEmbed", ["bytes"], () => Vector.DiagonalEmbed(1L << 28)),
        .. Refused<ShapeException>("Tril", ["Tril", "no matrix"], () => Scalar.Tril(), () => Vector.Tril(), () => Vector.Tril(-1), () => Integers.Tril(long.MaxValue), () => Truth.Tril(long.MinValue)),
        .. Refused<ShapeException>("Triu", ["Triu", "no matrix"], () => Scalar.Triu(), () => Vector.Triu(), () => Vector.Triu(-1), () => Integers.Triu(long.MaxValue), () => Truth.Triu(long.MinValue)),
        .. Refused<ShapeException>("TrilIndices", ["TrilIndices"], () => Tensor.TrilIndices(-1, 2), () => Tensor.TrilIndices(2, -1), () => Tensor.TrilIndices(0, long.MinValue), () => Tensor.TrilIndices(1L << 32, 1L << 32)),
        .. Refused<InsufficientMemoryException>("TrilIndices", ["bytes"], () => Tensor.TrilIndices(1L << 25, 1L << 25)),
        .. Refused<ShapeException>("TriuIndices", ["TriuIndices"], () => Tensor.TriuIndices(-1, 2), () => Tensor.TriuIndices(2, -1), () => Tensor.TriuIndices(0, long.MinValue), () => Tensor.TriuIndices(1L << 32, 1L << 32)),
        .. Refused<InsufficientMemoryException>("TriuIndices", ["bytes"], () => Tensor.TriuIndices(1L << 25, 1L << 25)),
        .. Refused<ShapeException>("SlidingWindows", ["SlidingWindows", "[3]"], () => Vector.SlidingWindows(0, 4), () => Vector.SlidingWindows(0, 0), () => Vector.SlidingWindows(0, 2, 0), () => Vector.SlidingWindows(0, -1), () => Vector.SlidingWindows(0, long.MaxValue), () => Vector.SlidingWindows(1, 2), () => Vector.SlidingWindows(0, 1, long.MinValue)),
        .. Refused<ShapeException>("SlidingWindows", ["SlidingWindows", "24"], () => Tensor.Zeros([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]).SlidingWindows(0, 1)),
    ];

    private static IEnumerable<BadCall> Spreading =>
    [
        .. Refused<ShapeException>("Tile", ["Tile"], () => Vector.Tile(-1), () => Matrix.Tile(2, -2), () => Vector.Tile(long.MinValue), () => Vector.Tile(long.MaxValue), () => Vector.Tile(1L << 31, 1L << 31)),
        .. Refused<InsufficientMemoryException>("Tile", ["bytes"], () => Vector.Tile(1L << 50)),
        .. Refused<ShapeException>("Repeat", ["Repeat"], () => Vector.Repeat(), () => Matrix.Repeat(2), () => Vector.Repeat(-1), () => Matrix.Repeat(1, -1), () => Vector.Repeat(long.MaxValue)),
        .. OutOfRange("RepeatInterleave", "repeats", repeats => Vector.RepeatInterleave((long)repeats), -1, long.MinValue),
        .. NullArgument("RepeatInterleave", "repeats", () => Vector.RepeatInterleave(None)),
        .. Refused<DTypeException>("RepeatInterleave", ["RepeatInterleave", "repeats", "[3]"], () => Vector.RepeatInterleave(Vector), () => Vector.RepeatInterleave(Truth)),
        .. Refused<ShapeException>("RepeatInterleave", ["RepeatInterleave"], () => Vector.RepeatInterleave(2, 1), () => Vector.RepeatInterleave(Tensor.From([1, 2])), () => Vector.RepeatInterleave(Integers - 1), () => Vector.RepeatInterleave(long.MaxValue), () => Vector.RepeatInterleave(Tensor.From([long.MaxValue, 1, 1])), () => Matrix.RepeatInterleave(Integers, 0)),
        .. NullArgument("Meshgrid", "tensors", () => Tensor.Meshgrid(None), () => Tensor.Meshgrid(Vector, None)),
        .. Refused<ShapeException>("Meshgrid", ["Meshgrid"], () => Tensor.Meshgrid(Matrix), () => Tensor.Meshgrid(Vector, Nothing), () => Tensor.Meshgrid([.. Enumerable.Repeat(Vector, 25)])),
        .. Refused<ShapeException>("Meshgrid", ["Meshgrid", "2^63"], () => Tensor.Meshgrid(Tensor.Zeros([1]).Expand([1L << 32]), Tensor.Zeros([1]).Expand([1L << 32]))),
        .. NullArgument("CartesianProduct", "tensors", () => Tensor.CartesianProduct(None), () => Tensor.CartesianProduct(Vector, None)),
        .. Refused<ShapeException>("CartesianProduct", ["CartesianProduct"], () => Tensor.CartesianProduct(), () => Tensor.CartesianProduct(Matrix, Vector), () => Tensor.CartesianProduct([.. Enumerable.Repeat(Vector, 25)])),
    ];

    /// <summary>What is wrong for every operation that writes slices or elements of a source to positions along an axis.</summary>
    private static IEnumerable<BadCall> AtPositions(string method, Func<Tensor, int, Tensor, Tensor, Tensor> call) =>
    [
        .. NullArgument(method, "positions", () => call(Vector, 0, None, Vector)),
        .. NullArgument(method, "source", () => call(Vector, 0, Integers, None)),
        .. Refused<DTypeException>(method, [method, "positions", "[3]", "int32 or int64"], () => call(Vector, 0, Vector, Vector), () => call(Vector, 0, Truth, Vector)),
        .. Refused<ShapeException>(method, [method, "axis"], () => call(Vector, 1, Integers, Vector), () => call(Vector, -2, Integers, Vector), () => call(Vector, int.MinValue, Integers, Vector)),
        .. Refused<ShapeException>(method, [method, "position 3"], () => call(Vector, 0, Integers + 1, Vector)),
        .. Refused<ShapeException>(method, [method, "position -4"], () => call(Vector, 0, Integers - 4, Vector)),
        .. Refused<ShapeException>(method, [method, "position", "axis of size 3"], () => call(Vector, 0, Tensor.From([0, 1, long.MinValue]), Vector), () => call(Vector, 0, Tensor.From([0, 1, long.MaxValue]), Vector)),
        .. Refused<ShapeException>(method, [method, "[3]"], () => call(Vector, 0, Integers, Matrix), () => call(Vector, 0, Integers.Unsqueeze(0), Vector), () => call(Vector, 0, Integers, Tensor.Zeros([2])), () => call(Nothing, 0, Integers, Vector)),
    ];
}
