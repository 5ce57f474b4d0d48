using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Core;

internal static partial class BadCalls
{
    private static IEnumerable<BadCall> Elementwise =>
    [
        .. Pairs("op_Addition", "Add", (a, b) => a + b, (a, b) => a + b, (a, b) => a + b),
        .. Pairs("op_Subtraction", "Subtract", (a, b) => a - b, (a, b) => a - b, (a, b) => a - b),
        .. Pairs("op_Multiply", "Multiply", (a, b) => a * b, (a, b) => a * b, (a, b) => a * b),
        .. Pairs("op_Division", "Divide", (a, b) => a / b, (a, b) => a / b, (a, b) => a / b),
        .. Pairs("op_LessThan", "Less", (a, b) => a < b, (a, b) => a < b, (a, b) => a < b),
        .. Pairs("op_GreaterThan", "Greater", (a, b) => a > b, (a, b) => a > b, (a, b) => a > b),
        .. Pairs("op_LessThanOrEqual", "LessOrEqual", (a, b) => a <= b, (a, b) => a <= b, (a, b) => a <= b),
        .. Pairs("op_GreaterThanOrEqual", "GreaterOrEqual", (a, b) => a >= b, (a, b) => a >= b, (a, b) => a >= b),
        .. Refused<ShapeException>("op_GreaterThan", ["Greater: shapes [3] and [2]"], () => Vector > Tensor.Zeros([2])),
        .. Refused<ShapeException>("op_GreaterThanOrEqual", ["GreaterOrEqual: shapes [3] and [2]"], () => Vector >= Tensor.Zeros([2])),
        .. NullArgument("op_GreaterThan", "left", () => None > 1, () => None > Vector),
        .. NullArgument("op_GreaterThanOrEqual", "right", () => 1 >= None, () => Vector >= None),
        .. NullArgument("Pow", "exponent", () => Vector.Pow(None)),
        .. Null("op_UnaryNegation", () => -None),
        .. Mismatches("Maximum", "Maximum", Tensor.Maximum),
        .. Null("Maximum", () => Tensor.Maximum(None, Vector)),
        .. Mismatches("Minimum", "Minimum", Tensor.Minimum),
        .. Null("Minimum", () => Tensor.Minimum(None, Vector)),
        .. Mismatches("Pow", "Pow", (a, b) => a.Pow(b)),
        .. Refused<ArgumentOutOfRangeException>("Pow", ["Pow", "int32", "negative"], () => Integers.Pow(-1), () => Integers.Pow(Integers - 1), () => Truth.Pow(-2), () => Integers.To(DType.Int64).Pow(Integers - 2), () => Integers.Pow(Tensor.From([-1L]))),
        .. Mismatches("EqualTo", "EqualTo", (a, b) => a.EqualTo(b)),
        .. Mismatches("NotEqualTo", "NotEqualTo", (a, b) => a.NotEqualTo(b)),
        .. Refused<ArgumentException>("Clamp", ["Clamp", "min", "max"], () => Vector.Clamp(1, 0), () => Vector.Clamp(double.NaN), () => Vector.Clamp(0, double.NaN), () => Vector.Clamp(double.PositiveInfinity, 0), () => Integers.Clamp(5, 4.5)),
    ];

    private static IEnumerable<BadCall> Choices =>
    [
        .. Null("Where", () => Tensor.Where(None, Vector, Vector), () => Tensor.Where(Truth, None, Vector), () => Tensor.Where(Truth, Vector, None), () => Tensor.Where(Truth, None, 1), () => Tensor.Where(Truth, 1, None)),
        .. Refused<DTypeException>("Where", ["Where", "condition", "bool"], () => Tensor.Where(Vector, Vector, Vector), () => Tensor.Where(Integers, Vector, 0)),
        .. Refused<ShapeException>("Where", ["Where", "do not broadcast"], () => Tensor.Where(Truth, Tensor.Zeros([2]), 0), () => Tensor.Where(Truth, Vector, Tensor.Zeros([2])), () => Tensor.Where(Truth, Tensor.Zeros([2, 3, 2]), 0), () => Tensor.Where(Truth, Nothing.T, 0)),
        .. Logical("And", (a, b) => a.And(b)),
        .. Logical("Or", (a, b) => a.Or(b)),
    ];

    private static IEnumerable<BadCall> Reductions =>
    [
        .. Axes("Sum", (x, axes) => x.Sum(axes)),
        .. Axes("Mean", (x, axes) => x.Mean(axes)),
        .. Axes("Var", (x, axes) => x.Var(axes)),
        .. Axes("Std", (x, axes) => x.Std(axes)),
        .. Axes("LogSumExp", (x, axes) => x.LogSumExp(axes)),
        .. Axes("Flip", (x, axes) => x.Flip(axes)),
        .. Axes("Max", (x, axes) => x.Max(axes)),
        .. Refused<ShapeException>("Max", ["Max", "[0, 3]", "no elements"], () => Nothing.Max(), () => Nothing.Max(0), () => Nothing.Max(0, keepDims: true)),
        .. Axes("Min", (x, axes) => x.Min(axes)),
        .. Refused<ShapeException>("Min", ["Min", "[0, 3]", "no elements"], () => Nothing.Min(), () => Nothing.Min(0)),
        .. Axis("ArgMax", (x, axis) => x.ArgMax(axis)),
        .. Refused<ShapeException>("ArgMax", ["ArgMax", "[0, 3]", "no elements"], () => Nothing.ArgMax(), () => Nothing.ArgMax(0)),
        .. Axis("ArgMin", (x, axis) => x.ArgMin(axis)),
        .. Refused<ShapeException>("ArgMin", ["ArgMin", "[0, 3]", "no elements"], () => Nothing.ArgMin(), () => Nothing.ArgMin(0)),
        .. Axis("Softmax", (x, axis) => x.Softmax(axis)),
        .. Refused<ShapeException>("Softmax", ["Softmax", "[]"], () => Scalar.Softmax(1), () => Scalar.Softmax(-2)),
        .. Axis("LogSoftmax", (x, axis) => x.LogSoftmax(axis)),
    ];

    private static IEnumerable<BadCall> Shapes =>
    [
        .. Null("Expand", () => Vector.Expand(null!)),
        .. Refused<ShapeException>("Expand", ["Expand", "[3]"], () => Vector.Expand([2]), () => Vector.Expand([3, 2]), () => Vector.Expand([]), () => Vector.Expand([0]), () => Vector.Expand([1])),
        .. Null("Reshape", () => Vector.Reshape((Shape)null!)),
        .. Refused<ShapeException>("Reshape", ["Reshape", "[3]"], () => Vector.Reshape(2), () => Vector.Reshape(-1, -1), () => Vector.Reshape(-1, 0), () => Vector.Reshape(-2), () => Vector.Reshape(-1, 2), () => Vector.Reshape([]), () => Vector.Reshape(-1, -3), () => Vector.Reshape(0)),
        .. Refused<ShapeException>("Reshape", ["Reshape", "[0, 3]"], () => Nothing.Reshape(-1, 0), () => Nothing.Reshape(1)),
        .. Refused<ShapeException>("Reshape", ["[4611686018427387904, 4]"], () => Vector.Reshape(1L << 62, 4)),
        .. Refused<ShapeException>("Flatten", ["Flatten", "[2, 3]"], () => Matrix.Flatten(2), () => Matrix.Flatten(-3), () => Matrix.Flatten(1, 0), () => Matrix.Flatten(0, 2), () => Matrix.Flatten(int.MinValue)),
        .. Refused<ShapeException>("Squeeze", ["Squeeze", "[2, 3]"], () => Matrix.Squeeze(0), () => Matrix.Squeeze(-1), () => Matrix.Squeeze(2), () => Matrix.Squeeze(-3), () => Matrix.Squeeze(int.MaxValue)),
        .. Refused<ShapeException>("Unsqueeze", ["Unsqueeze", "[2, 3]"], () => Matrix.Unsqueeze(3), () => Matrix.Unsqueeze(-4), () => Matrix.Unsqueeze(int.MaxValue), () => Matrix.Unsqueeze(int.MinValue)),
        .. Refused<ShapeException>("Unsqueeze", ["at most 24 axes"], () => Tensor.Zeros([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]).Unsqueeze(0)),
        .. Refused<ShapeException>("MoveAxis", ["MoveAxis", "[2, 3]"], () => Matrix.MoveAxis(2, 0), () => Matrix.MoveAxis(0, 2), () => Matrix.MoveAxis(-3, 0), () => Matrix.MoveAxis(0, -3), () => Matrix.MoveAxis(7, 7)),
        .. Refused<ShapeException>("Permute", ["Permute", "[2, 3]"], () => Matrix.Permute(0), () => Matrix.Permute(0, 0), () => Matrix.Permute(0, -2), () => Matrix.Permute(0, 2), () => Matrix.Permute(0, 1, 1), () => Matrix.Permute()),
        .. Refused<ShapeException>("Transpose", ["Transpose", "[2, 3]"], () => Matrix.Transpose(0, 2), () => Matrix.Transpose(2, 0), () => Matrix.Transpose(-3, 0), () => Matrix.Transpose(0, int.MinValue), () => Matrix.Transpose(int.MaxValue, 1)),
        .. Refused<ShapeException>("Slice", ["Slice", "[3]"], () => Vector.Slice(0, -1, 1), () => Vector.Slice(0, 0, 4), () => Vector.Slice(0, 4, 0), () => Vector.Slice(0, 0, -1), () => Vector.Slice(0, 0, 2, 0), () => Vector.Slice(0, 0, 3, 2), () => Vector.Slice(0, 1, long.MaxValue), () => Vector.Slice(0, long.MaxValue, 1), () => Vector.Slice(0, 0, 2, long.MaxValue), () => Vector.Slice(1, 0, 1), () => Vector.Slice(0, 0, 1, -1)),
        .. Refused<ShapeException>("Pad", ["Pad", "[3]"], () => Vector.Pad(0, -1, 0), () => Vector.Pad(0, 0, -1), () => Vector.Pad(1, 0, 0), () => Vector.Pad(0, long.MaxValue, 1), () => Vector.Pad(0, long.MinValue, 0), () => Vector.Pad(0, long.MaxValue, long.MaxValue)),
        .. Refused<DTypeException>("Pad", ["Pad", "int32"], () => Integers.Pad(0, 1, 0, double.NaN)),
        .. Refused<ShapeException>("Concat", ["Concat"], () => Tensor.Concat([]), () => Tensor.Concat([Vector], 1), () => Tensor.Concat([Scalar, Scalar]), () => Tensor.Concat([Vector, Matrix]), () => Tensor.Concat([Matrix, Matrix.T]), () => Tensor.Concat([Tensor.Zeros([long.MaxValue, 0]), Tensor.Zeros([1, 0])])),
        .. Null("Concat", () => Tensor.Concat([None]), () => Tensor.Concat([Vector, None])),
        .. Refused<ShapeException>("Stack", ["Stack"], () => Tensor.Stack([]), () => Tensor.Stack([Vector], 2), () => Tensor.Stack([Vector], -3), () => Tensor.Stack([Vector, Scalar]), () => Tensor.Stack([Matrix, Matrix.T]), () => Tensor.Stack([Vector], int.MinValue)),
        .. Null("Stack", () => Tensor.Stack([None]), () => Tensor.Stack([Vector, None])),
        .. Refused<ShapeException>("Split", ["Split", "[3]"], () => Vector.Split([1, 1]), () => Vector.Split([4]), () => Vector.Split([-1, 4]), () => Vector.Split([4, -1]), () => Vector.Split([]), () => Vector.Split([long.MaxValue, long.MaxValue]), () => Vector.Split([3], 1), () => Vector.Split(1, 1)),
        .. Refused<ShapeException>("Split", ["Split", "at least one"], () => Vector.Split(0), () => Vector.Split(-1), () => Vector.Split(long.MinValue)),
    ];

    private static IEnumerable<BadCall> Positions =>
    [
        .. Null("Gather", () => Vector.Gather(0, None)),
        .. Refused<DTypeException>("Gather", ["Gather", "positions"], () => Vector.Gather(0, Vector), () => Vector.Gather(0, Truth)),
        .. Refused<ShapeException>("Gather", ["Gather"], () => Vector.Gather(1, Integers), () => Vector.Gather(0, Tensor.From([3])), () => Vector.Gather(0, Tensor.From([-4L])), () => Vector.Gather(0, Tensor.From([long.MinValue])), () => Vector.Gather(0, Tensor.From(new[,] { { 0 } })), () => Matrix.Gather(0, Tensor.Zeros([1, 4], DType.Int32)), () => Nothing.Gather(0, Tensor.Zeros([1, 3], DType.Int64)), () => Scalar.Gather(0, 0)),
        .. Null("Take", () => Vector.Take(None)),
        .. Refused<DTypeException>("Take", ["Take", "positions"], () => Vector.Take(Vector), () => Vector.Take(Truth)),
        .. Refused<ShapeException>("Take", ["Take"], () => Vector.Take(Integers, 1), () => Vector.Take(Tensor.From([3])), () => Vector.Take(Tensor.From([0, -4])), () => Vector.Take(Tensor.From([long.MaxValue])), () => Scalar.Take(0), () => Nothing.Take(0), () => Matrix.Take(2), () => Matrix.Take(0, -3)),
        .. Refused<DTypeException>("OneHot", ["OneHot", "must be int32 or int64"], () => Vector.OneHot(3), () => Truth.OneHot(3)),
        .. Refused<DTypeException>("OneHot", ["OneHot", "no element type"], () => Integers.OneHot(3, NoType)),
        .. Refused<ShapeException>("OneHot", ["OneHot", "class"], () => Integers.OneHot(2), () => (Integers - 1).OneHot(3), () => Integers.OneHot(0), () => Integers.OneHot(-1), () => Tensor.Zeros([0], DType.Int32).OneHot(-1), () => Tensor.From([long.MaxValue]).OneHot(5)),
    ];

    private static IEnumerable<BadCall> Products =>
    [
        .. Null("MatMul", () => Matrix.MatMul(None)),
        .. Refused<ShapeException>("MatMul", ["MatMul", "[2, 3]"], () => Matrix.MatMul(Matrix), () => Matrix.MatMul(Scalar), () => Scalar.MatMul(Matrix), () => Matrix.MatMul(Tensor.Zeros([2])), () => Tensor.Zeros([3]).MatMul(Matrix), () => Matrix.MatMul(Nothing)),
        .. Refused<ShapeException>("MatMul", ["MatMul", "do not broadcast"], () => Tensor.Zeros([2, 3, 4]).MatMul(Tensor.Zeros([3, 4, 5])), () => Tensor.Zeros([0, 3, 4]).MatMul(Tensor.Zeros([2, 4, 5]))),
        .. Null("Affine", () => Matrix.Affine(None)),
        .. Refused<ShapeException>("Affine", ["Affine", "fit"], () => Scalar.Affine(Matrix), () => Matrix.Affine(Vector), () => Matrix.Affine(Tensor.Zeros([4, 2])), () => Matrix.Affine(Matrix, Tensor.Zeros([3])), () => Matrix.Affine(Matrix, Scalar), () => Matrix.Affine(Tensor.Zeros([1, 2, 3]))),
        .. Refused<DTypeException>("Affine", ["Affine", "bias", "float64"], () => Matrix.Affine(Matrix, Tensor.Zeros([2], DType.Float64))),
    ];

    private static IEnumerable<BadCall> Pairs(string method, string operation, Func<Tensor, Tensor, Tensor> call, Func<Tensor, double, Tensor> withRight, Func<double, Tensor, Tensor> withLeft) =>
    [
        .. Mismatches(method, operation, call),
        .. Null(method, () => call(None, Vector), () => withRight(None, 1), () => withLeft(1, None)),
    ];

    private static IEnumerable<BadCall> Mismatches(string method, string operation, Func<Tensor, Tensor, Tensor> call) =>
    [
        .. Null(method, () => call(Vector, None)),
        .. Refused<ShapeException>(method, [operation, "[3]", "do not broadcast"], () => call(Vector, Tensor.Zeros([2])), () => call(Tensor.Zeros([3, 2]), Vector), () => call(Vector, Nothing.T), () => call(Integers, Tensor.Zeros([4, 4], DType.Float64)), () => call(Tensor.Zeros([2], DType.Bool), Truth)),
    ];

    private static IEnumerable<BadCall> Logical(string method, Func<Tensor, Tensor, Tensor> call) =>
    [
        .. Null(method, () => call(Truth, None)),
        .. Refused<DTypeException>(method, [method, "bool"], () => call(Truth, Vector), () => call(Vector, Truth), () => call(Integers, Integers)),
        .. Refused<ShapeException>(method, [method, "[3]"], () => call(Truth, Tensor.From([true, true])), () => call(Tensor.Zeros([3, 2], DType.Bool), Truth)),
    ];

    private static IEnumerable<BadCall> Axes(string method, Func<Tensor, Axes?, Tensor> call) =>
    [
        .. Axis(method, (x, axis) => call(x, axis)),
        .. Refused<ShapeException>(method, [method, "twice"], () => call(Matrix, [0, 0]), () => call(Matrix, [1, -1])),
        .. Null(method, () => call(Matrix, (int[])null!)),
    ];

    private static IEnumerable<BadCall> Axis(string method, Func<Tensor, int, Tensor> call) =>
    [
        .. Refused<ShapeException>(method, [method, "axis", "[2, 3]"], () => call(Matrix, 2), () => call(Matrix, -3), () => call(Matrix, int.MaxValue), () => call(Matrix, int.MinValue)),
        .. Refused<ShapeException>(method, [method, "axis"], () => call(Nothing, 2), () => call(Scalar, 1), () => call(Integers, -2)),
    ];
}
