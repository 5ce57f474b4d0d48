using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Core;

internal static partial class BadCalls
{
    private static IEnumerable<BadCall> Pointwise =>
    [
        .. Both("Atan2", "y", "x", Tensor.Atan2),
        .. Both("Copysign", "size", "sign", Tensor.Copysign),
        .. Both("Hypot", "left", "right", Tensor.Hypot),
        .. Both("LogAddExp", "left", "right", Tensor.LogAddExp),
        .. Both("Ldexp", "x", "exponent", Tensor.Ldexp),
        .. Both("Fmod", "left", "right", Tensor.Fmod),
        .. Both("Remainder", "left", "right", Tensor.Remainder),
        .. Both("FloorDivide", "left", "right", Tensor.FloorDivide),
        .. NullArgument("Fmod", "left", () => Tensor.Fmod(None, 2)),
        .. NullArgument("Remainder", "left", () => Tensor.Remainder(None, 2)),
        .. NullArgument("FloorDivide", "left", () => Tensor.FloorDivide(None, 2)),
        .. Refused<DivideByZeroException>("Fmod", ["Fmod", "int32[3]", "0"], () => Tensor.Fmod(Integers, Integers), () => Tensor.Fmod(Integers, 0)),
        .. Refused<DivideByZeroException>("Remainder", ["Remainder", "int32[3]", "0"], () => Tensor.Remainder(Integers, Integers), () => Tensor.Remainder(Truth, Integers)),
        .. Refused<DivideByZeroException>("FloorDivide", ["FloorDivide", "int32[3]", "0"], () => Tensor.FloorDivide(Integers, Integers), () => Tensor.FloorDivide(Integers, 0)),
        .. NullArgument("Lerp", "start", () => Tensor.Lerp(None, Vector, Vector), () => Tensor.Lerp(None, Vector, 0.5)),
        .. NullArgument("Lerp", "end", () => Tensor.Lerp(Vector, None, Vector), () => Tensor.Lerp(Vector, None, 0.5)),
        .. NullArgument("Lerp", "weight", () => Tensor.Lerp(Vector, Vector, None)),
        .. Refused<ShapeException>("Lerp", ["Lerp", "[3]", "[2]", "do not broadcast"], () => Tensor.Lerp(Vector, Tensor.Zeros([2]), 0.5), () => Tensor.Lerp(Vector, Vector, Tensor.Zeros([2])), () => Tensor.Lerp(Tensor.Zeros([2]), Vector, Scalar)),
        .. OutOfRange("Celu", "alpha", alpha => Vector.Celu(alpha), 0, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity),
        .. OutOfRange("Elu", "alpha", alpha => Vector.Elu(alpha), double.NaN, double.PositiveInfinity, double.NegativeInfinity),
        .. OutOfRange("LeakyRelu", "slope", slope => Vector.LeakyRelu(slope), double.NaN, double.PositiveInfinity, double.NegativeInfinity),
        .. OutOfRange("Softplus", "beta", beta => Vector.Softplus(beta), 0, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity),
        .. OutOfRange("Hardshrink", "lambda", lambda => Vector.Hardshrink(lambda), -1, -1e-300, double.NaN, double.NegativeInfinity),
        .. OutOfRange("Hardshrink", "lambda", lambda => Nothing.Hardshrink(lambda), -1),
        .. OutOfRange("Softshrink", "lambda", lambda => Vector.Softshrink(lambda), -1, -1e-300, double.NaN, double.NegativeInfinity),
        .. OutOfRange("Softshrink", "lambda", lambda => Integers.Softshrink(lambda), -1),
        .. OutOfRange("Threshold", "threshold", threshold => Vector.Threshold(threshold, 1), double.NaN),
        .. OutOfRange("Polygamma", "order", order => Vector.Polygamma((int)order), -1, 21, int.MinValue, int.MaxValue),
        .. OutOfRange("Polygamma", "order", order => Nothing.Polygamma((int)order), -2),
        .. Refused<ArgumentException>("Hardtanh", ["Hardtanh", "min", "max"], () => Vector.Hardtanh(1, 0), () => Vector.Hardtanh(double.NaN), () => Vector.Hardtanh(0, double.NaN), () => Vector.Hardtanh(5), () => Integers.Hardtanh(double.PositiveInfinity, 4)),
        .. Refused<ShapeException>("Glu", ["Glu", "[2, 3]", "3 elements"], () => Matrix.Glu(), () => Matrix.Glu(1), () => Matrix.Glu(-1)),
        .. Refused<ShapeException>("Glu", ["Glu", "axis"], () => Matrix.Glu(2), () => Matrix.Glu(-3), () => Scalar.Glu(), () => Scalar.Glu(0), () => Matrix.Glu(int.MinValue)),
        .. NullArgument("MaskedFill", "mask", () => Vector.MaskedFill(None, 1), () => Vector.MaskedFill(None, Vector)),
        .. NullArgument("MaskedFill", "value", () => Vector.MaskedFill(Truth, None)),
        .. Refused<DTypeException>("MaskedFill", ["MaskedFill", "bool"], () => Vector.MaskedFill(Vector, 1), () => Vector.MaskedFill(Integers, Vector)),
        .. Refused<ShapeException>("MaskedFill", ["MaskedFill", "[3]", "do not broadcast"], () => Vector.MaskedFill(Tensor.From([true, false]), 0), () => Vector.MaskedFill(Truth, Tensor.Zeros([2])), () => Vector.MaskedFill(Tensor.Zeros([2, 2], DType.Bool), 1)),
    ];

    private static IEnumerable<BadCall> Bits =>
    [
        .. OnBits("BitwiseAnd", "right", Tensor.BitwiseAnd),
        .. OnBits("BitwiseOr", "right", Tensor.BitwiseOr),
        .. OnBits("BitwiseXor", "right", Tensor.BitwiseXor),
        .. NullArgument("BitwiseAnd", "left", () => Tensor.BitwiseAnd(None, Integers)),
        .. NullArgument("BitwiseOr", "left", () => Tensor.BitwiseOr(None, Integers)),
        .. NullArgument("BitwiseXor", "left", () => Tensor.BitwiseXor(None, Integers)),
        .. OnBits("BitwiseLeftShift", "count", (a, b) => a.BitwiseLeftShift(b)),
        .. OnBits("BitwiseRightShift", "count", (a, b) => a.BitwiseRightShift(b)),
        .. Logical("Xor", (a, b) => a.Xor(b)),
    ];

    private static IEnumerable<BadCall> Drawing =>
    [
        .. Refused<ArgumentException>("RandomIntegers", ["RandomIntegers", "no number"], () => Tensor.RandomIntegers([2], _key, 1, 1), () => Tensor.RandomIntegers([2], _key, 5, -5), () => Tensor.RandomIntegers([0], _key, long.MaxValue, long.MinValue)),
        .. NullArgument("RandomIntegers", "shape", () => Tensor.RandomIntegers(null!, _key, 0, 2)),
        .. Refused<ShapeException>("RandomIntegers", ["-1"], () => Tensor.RandomIntegers([-1], _key, 0, 2)),
        .. Refused<InsufficientMemoryException>("RandomIntegers", ["bytes"], () => Tensor.RandomIntegers([1L << 50], _key, 0, 2)),
        .. OutOfRange("Bernoulli", "probability", p => Tensor.Bernoulli([2], _key, p), -0.1, 1.1, double.NaN, double.PositiveInfinity),
        .. NullArgument("Bernoulli", "shape", () => Tensor.Bernoulli((Shape)null!, _key)),
        .. NullArgument("Bernoulli", "probabilities", () => Tensor.Bernoulli(None, _key)),
        .. OutOfRange("Bernoulli", "probabilities", p => Tensor.Bernoulli(Tensor.Full([2], p), _key), -1, 1.2, double.NaN),
        .. Refused<DTypeException>("Bernoulli", ["Bernoulli", "no element type"], () => Tensor.Bernoulli([2], _key, 0.5, NoType), () => Tensor.Bernoulli([1L << 50], _key, 0.5, BelowTypes)),
        .. Refused<DTypeException>("Bernoulli", ["Bernoulli", "probabilities", "[3]"], () => Tensor.Bernoulli(Integers, _key), () => Tensor.Bernoulli(Truth, _key)),
        .. OutOfRange("Exponential", "rate", rate => Tensor.Exponential([2], _key, rate), 0, -1, double.NaN, double.PositiveInfinity),
        .. NullArgument("Exponential", "shape", () => Tensor.Exponential(null!, _key)),
        .. Refused<DTypeException>("Exponential", ["Exponential"], () => Tensor.Exponential([2], _key, 1, DType.Int64), () => Tensor.Exponential([1L << 50], _key, 1, NoType)),
        .. Refused<ArgumentException>("TruncatedNormal", ["TruncatedNormal", "bounds"], () => Truncated(0, 1, 2, -2), () => Truncated(0, 1, 1, 1), () => Truncated(0, 0, -1, 1), () => Truncated(0, -1, -1, 1), () => Truncated(double.NaN, 1, -1, 1), () => Truncated(0, double.NaN, -1, 1), () => Truncated(0, 1, double.NaN, 1), () => Truncated(double.PositiveInfinity, 1, -1, 1)),
        .. NullArgument("TruncatedNormal", "shape", () => Tensor.TruncatedNormal(null!, _key)),
        .. Refused<DTypeException>("TruncatedNormal", ["TruncatedNormal"], () => Tensor.TruncatedNormal([2], _key, dtype: DType.Bool), () => Tensor.TruncatedNormal([1L << 50], _key, dtype: NoType)),
        .. NullArgument("Multinomial", "probabilities", () => Tensor.Multinomial(None, 1, _key)),
        .. Refused<DTypeException>("Multinomial", ["Multinomial", "probabilities", "[3]"], () => Tensor.Multinomial(Integers, 1, _key), () => Tensor.Multinomial(Truth, 1, _key)),
        .. OutOfRange("Multinomial", "count", count => Tensor.Multinomial(Vector, (long)count, _key), -1, -4),
        .. Refused<ShapeException>("Multinomial", ["Multinomial"], () => Tensor.Multinomial(Scalar, 1, _key), () => Tensor.Multinomial(Tensor.Ones([2, 3]), long.MaxValue, _key)),
        .. Refused<ArgumentException>("Multinomial", ["Multinomial", "probabilities", "[3]"], () => Tensor.Multinomial(Vector - 1, 1, _key), () => Tensor.Multinomial(Vector / 0, 1, _key), () => Tensor.Multinomial(Tensor.Zeros([3]), 1, _key), () => Tensor.Multinomial(Vector, 3, _key, replacement: false), () => Tensor.Multinomial(Vector * double.NaN, 1, _key)),
    ];

    private static Tensor Truncated(double mean, double deviation, double low, double high) => Tensor.TruncatedNormal([2], _key, mean, deviation, low, high);

    /// <summary>Numbers that an argument must not be, each of them named in the message.</summary>
    private static IEnumerable<BadCall> OutOfRange(string method, string argument, Func<double, object?> call, params double[] values) =>
        values.SelectMany(value => Refused<ArgumentOutOfRangeException>(method, [method, argument], () => call(value)));

    /// <summary>What is wrong for every function of two tensors of any type that broadcast.</summary>
    private static IEnumerable<BadCall> Both(string method, string first, string second, Func<Tensor, Tensor, Tensor> call) =>
    [
        .. NullArgument(method, first, () => call(None, Vector)),
        .. NullArgument(method, second, () => call(Vector, None)),
        .. Refused<ShapeException>(method, [method, "[3]", "do not broadcast"], () => call(Vector, Tensor.Zeros([2])), () => call(Tensor.Zeros([3, 2]), Vector), () => call(Vector, Nothing.T), () => call(Tensor.Zeros([4, 4]), Truth)),
    ];

    private static IEnumerable<BadCall> OnBits(string method, string second, Func<Tensor, Tensor, Tensor> call) =>
    [
        .. NullArgument(method, second, () => call(Integers, None)),
        .. Refused<DTypeException>(method, [method, "float32[3]", "integers or bool"], () => call(Integers, Vector), () => call(Vector, Integers), () => call(Truth, Vector)),
        .. Refused<ShapeException>(method, [method, "[3]", "do not broadcast"], () => call(Integers, Tensor.Zeros([2], DType.Int32)), () => call(Truth, Tensor.Zeros([2], DType.Bool)), () => call(Tensor.Zeros([2, 2], DType.Int64), Integers)),
    ];
}
