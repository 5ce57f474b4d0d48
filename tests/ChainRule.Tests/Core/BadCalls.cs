using ChainRule.Autograd;
using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Core;

/// <summary>Bad calls of every public method of <see cref="Tensor"/> that takes something.</summary>
internal static partial class BadCalls
{
    private const DType NoType = (DType)99, BelowTypes = (DType)(-1);

    private static readonly RandomKey _key = new(1);

    public static BadCall[] All { get; } =
    [
        .. Creation, .. Conversion, .. Parts, .. Gradients, .. Elementwise, .. Choices, .. Reductions, .. Shapes, .. Positions, .. Products,
        .. Pointwise, .. Bits, .. Drawing, .. Ordering, .. Counting, .. Cumulating, .. Writing, .. Laying, .. Spreading, .. MatrixProducts, .. Distances,
        .. LinearAlgebra, .. Convolutions, .. Pooling, .. Windows, .. Normalizing, .. Recurrent, .. Attention,
    ];

    private static Tensor Scalar => 1.5f;

    private static Tensor Vector => Tensor.Arange(0, 3);

    private static Tensor Matrix => Tensor.Arange(0, 6).Reshape(2, 3);

    private static Tensor Integers => Tensor.Arange(0, 3, 1, DType.Int32);

    private static Tensor Truth => Tensor.From([true, false, true]);

    private static Tensor Nothing => Tensor.Zeros([0, 3]);

    private static Tensor None => null!;

    private static IEnumerable<BadCall> Creation =>
    [
        .. Fills("Zeros", Tensor.Zeros),
        .. Fills("Ones", Tensor.Ones),
        .. Fills("Full", (shape, dtype) => Tensor.Full(shape, 1, dtype)),
        .. Refused<DTypeException>("Full", ["Full", "does not fit", "int"], () => Tensor.Full([2], 3e9, DType.Int32), () => Tensor.Full([1], 1.5, DType.Int32), () => Tensor.Full([1], -0.5, DType.Int64), () => Tensor.Full([1], 3000000000, DType.Int32), () => Tensor.Full([2], double.NaN, DType.Int32), () => Tensor.Full([2], -1e19, DType.Int64), () => Tensor.Full([], double.PositiveInfinity, DType.Int64), () => Tensor.Full([2], 9223372036854775808, DType.Int64)),
        .. Fills("Normal", (shape, dtype) => Tensor.Normal(shape, _key, dtype: dtype)),
        .. Refused<DTypeException>("Normal", ["Normal", "int32"], () => Tensor.Normal([2], _key, dtype: DType.Int32)),
        .. Refused<ArgumentException>("Normal", ["Normal", "deviation"], () => Tensor.Normal([2], _key, 0, -1), () => Tensor.Normal([2], _key, 0, double.NaN)),
        .. Fills("Uniform", (shape, dtype) => Tensor.Uniform(shape, _key, dtype: dtype)),
        .. Refused<DTypeException>("Uniform", ["Uniform", "bool"], () => Tensor.Uniform([2], _key, dtype: DType.Bool)),
        .. Refused<ArgumentException>("Uniform", ["Uniform", "low", "high"], () => Tensor.Uniform([2], _key, 1, 0), () => Tensor.Uniform([2], _key, double.NaN), () => Tensor.Uniform([2], _key, 0, double.PositiveInfinity), () => Tensor.Uniform([2], _key, double.MinValue, double.MaxValue)),
        .. Refused<ShapeException>("Permutation", ["Permutation", "count", "-"], () => Tensor.Permutation(-1, _key), () => Tensor.Permutation(-2, _key), () => Tensor.Permutation(int.MinValue, _key), () => Tensor.Permutation(long.MinValue, _key)),
        .. Refused<InsufficientMemoryException>("Permutation", ["bytes"], () => Tensor.Permutation(1L << 50, _key)),
        .. Refused<ArgumentException>("Arange", ["Arange", "never ends"], () => Tensor.Arange(0, 1, 0), () => Tensor.Arange(0, 1, double.NaN), () => Tensor.Arange(double.NaN, 1), () => Tensor.Arange(0, double.PositiveInfinity), () => Tensor.Arange(double.NegativeInfinity, 0)),
        .. Refused<DTypeException>("Arange", ["Arange", "99"], () => Tensor.Arange(0, 1, 1, NoType)),
        .. Refused<ShapeException>("Linspace", ["Linspace", "count", "-"], () => Tensor.Linspace(0, 1, -1), () => Tensor.Linspace(0, 1, -2), () => Tensor.Linspace(0, 1, long.MinValue)),
        .. Refused<DTypeException>("Linspace", ["Linspace", "no element type"], () => Tensor.Linspace(0, 1, 2, NoType), () => Tensor.Linspace(0, 1, 0, BelowTypes)),
        .. Refused<ShapeException>("Eye", ["Eye", "-"], () => Tensor.Eye(-1), () => Tensor.Eye(2, -1), () => Tensor.Eye(-3, 2), () => Tensor.Eye(0, long.MinValue)),
        .. Refused<DTypeException>("Eye", ["Eye", "99"], () => Tensor.Eye(2, null, NoType)),
        .. Null("From", () => Tensor.From((float[])null!), () => Tensor.From((Array)null!), () => Tensor.From((int[])null!, [2])),
        .. Refused<ShapeException>("From", ["From", "3 values", "elements"], () => Tensor.From([1f, 2f, 3f], [2]), () => Tensor.From([1, 2, 3], []), () => Tensor.From([1.0, 2, 3], [0, 3]), () => Tensor.From([true, true, false], [2, 2]), () => Tensor.From<long>(new[] { 1L, 2, 3 }.AsSpan(), [1L << 40])),
        .. Refused<DTypeException>("From", ["float, double, int, long or bool"], () => Tensor.From([(byte)1]), () => Tensor.From(new[] { 'a' }), () => Tensor.From(new[] { 1m }), () => Tensor.From(new[] { (Half)1 }), () => Tensor.From(new[] { 1u })),
        .. Refused<DTypeException>("From", ["From", "array of"], () => Tensor.From((Array)new[] { "a" }), () => Tensor.From((Array)new[] { new[] { 1f } }), () => Tensor.From((Array)new[,] { { 1u } }), () => Tensor.From((Array)new[] { DayOfWeek.Friday }), () => Tensor.From((Array)new object[] { 1f })),
        .. Refused<ShapeException>("Create", ["Stack", "equal"], () => Collected([1f, [2f]]), () => Collected([[1f], [2f, 3f]]), () => Collected([[[1f]], [[]]]), () => Tensor.Create([Vector, Scalar])),
        .. Null("Create", () => Collected([None]), () => Collected([1f, None])),
        .. Null("op_Implicit", () => Collected((float[])null!), () => Collected((double[])null!), () => Collected((float[,])null!), () => Collected((double[,])null!)),
    ];

    private static IEnumerable<BadCall> Conversion =>
    [
        .. Refused<DTypeException>("To", ["To", "no element type"], () => Vector.To(NoType), () => Vector.To(BelowTypes), () => Integers.To((DType)5), () => Nothing.To(NoType), () => Truth.To((DType)int.MinValue)),
        .. Refused<DTypeException>("ToArray", ["float, double, int, long or bool"], () => Vector.ToArray<byte>(), () => Vector.ToArray<decimal>(), () => Vector.ToArray<char>(), () => Nothing.ToArray<Half>()),
        .. Refused<InvalidOperationException>("ToArray", ["ToArray", "[4294967296]"], () => Tensor.Zeros([1]).Expand([1L << 32]).ToArray<bool>()),
        .. Refused<DTypeException>("CopyTo", ["float, double, int, long or bool"], () => Copy<short>(Vector, 3), () => Copy<ulong>(Vector, 3)),
        .. Refused<ArgumentException>("CopyTo", ["CopyTo", "[3]", "target"], () => Copy<float>(Vector, 2), () => Copy<bool>(Vector, 0), () => Copy<double>(Integers, 1)),
        .. Refused<ShapeException>("Item", ["Item", "elements"], () => Vector.Item<float>(), () => Matrix.Item<int>(), () => Nothing.Item<float>(), () => Tensor.Zeros([0]).Item<double>()),
        .. Refused<DTypeException>("Item", ["float, double, int, long or bool"], () => Scalar.Item<byte>()),
        .. Refused<DTypeException>("AsSpan", ["AsSpan", "float32"], () => Vector.AsSpan<int>().Length, () => Vector.AsSpan<double>().Length, () => Nothing.AsSpan<bool>().Length),
        .. Refused<DTypeException>("AsSpan", ["float, double, int, long or bool"], () => Vector.AsSpan<byte>().Length),
        .. Refused<InvalidOperationException>("AsSpan", ["AsSpan", "[3, 2]", "contiguous"], () => Matrix.T.AsSpan<float>().Length),
        .. Refused<ArgumentOutOfRangeException>("ToString", ["ToString: ", "must be"], () => Vector.ToString(-1), () => Vector.ToString(101), () => Vector.ToString(8, -1), () => Vector.ToString(8, 1, 0), () => Vector.ToString(8, 1, 1, -1)),
    ];

    private static IEnumerable<BadCall> Parts =>
    [
        .. Refused<ShapeException>("get_Part", ["Indexing", "[2, 3]"], () => Matrix[2], () => Matrix[-1], () => Matrix[^3], () => Matrix[0, 3], () => Matrix[..3], () => Matrix[.., 2..1], () => Matrix[0, 0, 0], () => Matrix[long.MinValue]),
        .. Refused<ShapeException>("get_Part", ["Take", "position"], () => Vector[Tensor.From([3])], () => Vector[Tensor.From([-4])]),
        .. Refused<DTypeException>("get_Part", ["Take", "positions"], () => Vector[Vector]),
        .. Refused<DTypeException>("get_Part", ["Indexing", "mask", "Tensor.Where"], () => Vector[Truth], () => Vector[Vector > 1]),
        .. Null("get_Part", () => Vector[None]),
        .. Refused<ShapeException>("set_Part", ["Indexing", "[2, 3]"], () => Matrix[2] = 1f, () => Matrix[0, ^4] = 1f, () => Matrix[0, 0, 0] = 1f),
        .. Refused<ShapeException>("set_Part", ["CopyFrom"], () => Matrix[0] = Matrix, () => Matrix[0] = Tensor.Zeros([2]), () => Matrix[0, 0] = Vector),
        .. Null("set_Part", () => Matrix[0] = None),
        .. Refused<InPlaceException>("set_Part", ["CopyFrom", "repeats"], () => Vector.Expand([2, 3])[.., 0] = 1f),
        .. Null("CopyFrom", () => Vector.CopyFrom(None)),
        .. Refused<ShapeException>("CopyFrom", ["CopyFrom", "[3]"], () => Vector.CopyFrom(Tensor.Zeros([2])), () => Vector.CopyFrom(Matrix), () => Vector.CopyFrom(Tensor.Zeros([0])), () => Scalar.CopyFrom(Vector)),
        .. Refused<InPlaceException>("CopyFrom", ["CopyFrom", "[3]"], () => Vector.RequiresGrad().CopyFrom(1f), () => Vector.CopyFrom(Vector.RequiresGrad() * 2)),
        .. Refused<DTypeException>("Fill", ["Fill", "does not fit", "int"], () => Integers.Fill(double.NaN), () => Integers.Fill(-2.9), () => Integers.Fill(-2147483649), () => Integers.Fill(2147483648), () => Integers.To(DType.Int64).Fill(1e19)),
        .. Refused<InPlaceException>("Fill", ["Fill", "[2, 3]"], () => Vector.Expand([2, 3]).Fill(1), () => Matrix.RequiresGrad().Fill(1)),
    ];

    private static IEnumerable<BadCall> Gradients =>
    [
        .. Refused<DTypeException>("RequiresGrad", ["RequiresGrad", "float32"], () => Integers.RequiresGrad(), () => Truth.RequiresGrad(), () => Integers.To(DType.Int64).RequiresGrad()),
        .. Refused<DifferentiationException>("RequiresGrad", ["result of Exp", "Detach"], () => Vector.RequiresGrad().Exp().RequiresGrad(false), () => Vector.RequiresGrad().Exp().Alias().RequiresGrad().Exp().RequiresGrad(false)),
        .. Refused<DifferentiationException>("Backward", ["Backward", "[3]"], () => Backward(Vector, null), () => Backward(Vector.RequiresGrad().Detach(), null), () => Backward(Vector.RequiresGrad() * 2, null)),
        .. Refused<ShapeException>("Backward", ["Backward", "seed", "[3]"], () => Backward(Vector.RequiresGrad() * 2, Scalar), () => Backward(Vector.RequiresGrad() * 2, Matrix)),
        .. Null("OnGradient", () => Vector.OnGradient(null!), () => Vector.RequiresGrad().OnGradient(null!)),
        .. Refused<DifferentiationException>("OnGradient", ["OnGradient", "not tracked"], () => Vector.OnGradient(_ => null), () => Integers.OnGradient(_ => null), () => Vector.RequiresGrad().Detach().OnGradient(_ => null)),
        .. Refused<DifferentiationException>("ToGraph", ["ToGraph"], () => Vector.ToGraph(), () => Integers.ToGraph(), () => Vector.RequiresGrad().Detach().ToGraph(), () => (Vector.RequiresGrad() * 2).ToGraph(gradients: true), () => Freed().ToGraph()),
    ];

    private static Tensor Freed()
    {
        Tensor sum = (Vector.RequiresGrad() * 2).Sum();
        sum.Backward();
        return sum;
    }

    private static IEnumerable<BadCall> Fills(string method, Func<Shape, DType, Tensor> fill) =>
    [
        .. Null(method, () => fill(null!, DType.Float32)),
        .. Refused<ShapeException>(method, ["-1"], () => fill([-1], DType.Float32), () => fill([0, -1], DType.Float64)),
        .. Refused<ShapeException>(method, ["[4611686018427387904, 4]"], () => fill([1L << 62, 4], DType.Float32)),
        .. Refused<DTypeException>(method, [method, "no element type"], () => fill([2], NoType), () => fill([0], BelowTypes)),
        .. Refused<InsufficientMemoryException>(method, ["bytes"], () => fill([1L << 50], DType.Float32)),
    ];

    private static Tensor Collected(Tensor x) => x;

    private static object? Copy<T>(Tensor x, int length) where T : unmanaged
    {
        x.CopyTo<T>(new T[length]);
        return null;
    }

    private static object? Backward(Tensor x, Tensor? seed)
    {
        x.Backward(seed);
        return null;
    }
}
