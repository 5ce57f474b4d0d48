using ChainRule.Nn;
using static ChainRule.Tests.Accuracy.AccuracyRow;

namespace ChainRule.Tests.Accuracy;

/// <summary>All operations of the sweep.</summary>
internal static class AccuracyRows
{
    public static AccuracyRow[] All { get; } = [.. Elementary, .. Special, .. Activations, .. Pairs, .. Rows];

    private const string NearlyNormal = "the slope has a zero; where e^x is subnormal the error is that of e^x times x";

    private static IEnumerable<AccuracyRow> Elementary =>
    [
        Unary("Acos", x => x.Acos()), Unary("Acosh", x => x.Acosh()), Unary("Asin", x => x.Asin()), Unary("Asinh", x => x.Asinh()),
        Unary("Atan", x => x.Atan()), Unary("Atanh", x => x.Atanh()), Unary("Cos", x => x.Cos()), Unary("Cosh", x => x.Cosh()),
        Unary("Exp", x => x.Exp()), Unary("Exp2", x => x.Exp2()), Unary("Expm1", x => x.Expm1()), Unary("Log", x => x.Log()),
        Unary("Log10", x => x.Log10()), Unary("Log1p", x => x.Log1p()), Unary("Log2", x => x.Log2()), Unary("Reciprocal", x => x.Reciprocal()),
        Unary("Rsqrt", x => x.Rsqrt()), Unary("Sin", x => x.Sin()), Unary("Sinh", x => x.Sinh()), Unary("Sqrt", x => x.Sqrt()),
        Unary("Square", x => x.Square()), Unary("Tan", x => x.Tan()), Unary("Tanh", x => x.Tanh()),
    ];

    private static IEnumerable<AccuracyRow> Special =>
    [
        Unary("Digamma", x => x.Digamma()),
        Unary("Digamma below 0", x => x.Digamma()) with { Reference = "DigammaBelowZero" },
        Unary("Digamma near its zeros below 0", x => x.Digamma()) with { Reference = "DigammaNearZeros", Extent = "the zeros down to -32; near those below, the error is an absolute one" },
        Unary("Erf", x => x.Erf()), Unary("Erfc", x => x.Erfc()), Unary("Erfinv", x => x.Erfinv()),
        Unary("Lgamma", x => x.Lgamma()),
        Unary("Lgamma below 0", x => x.Lgamma()) with { Reference = "LgammaBelowZero" },
        Unary("Lgamma near its zeros below 0", x => x.Lgamma()) with { Reference = "LgammaNearZeros" },
        Unary("Polygamma", x => x.Polygamma(1)),
        Unary("Sinc", x => x.Sinc()),
    ];

    private static IEnumerable<AccuracyRow> Activations =>
    [
        Unary("Celu", x => x.Celu()), Unary("Elu", x => x.Elu()), Unary("Gelu", x => x.Gelu()),
        Unary("GeluTanh", x => x.GeluTanh()) with { Floor = 1, SlopeFloor = 1, Reason = "an approximation; its exponent is rounded, so that the tail has an absolute error" },
        Unary("LogSigmoid", x => x.LogSigmoid()), Unary("Mish", x => x.Mish()) with { SlopeFloor = 0.25, Reason = NearlyNormal },
        Unary("Selu", x => x.Selu()), Unary("Sigmoid", x => x.Sigmoid()),
        Unary("Silu", x => x.Silu()) with { SlopeFloor = 0.25, Reason = NearlyNormal }, Unary("Softplus", x => x.Softplus()), Unary("Softsign", x => x.Softsign()), Unary("Tanhshrink", x => x.Tanhshrink()),
    ];

    private static IEnumerable<AccuracyRow> Pairs =>
    [
        Binary("Atan2", Tensor.Atan2), Binary("BinaryCrossEntropy", BinaryCrossEntropyOp.Default.Apply), Binary("Divide", (a, b) => a / b), Binary("Hypot", Tensor.Hypot),
        Binary("LogAddExp", Tensor.LogAddExp) with { Floor = 1, SlopeFloor = 0.5, Reason = "the difference of the operands is rounded, and the result has a zero" },
        Binary("LogitCrossEntropy", LogitCrossEntropyOp.Default.Apply) with { SlopeFloor = 0.5, Reason = "the slope is 0 where the probability is the target" },
        Binary("Pow", (a, b) => a.Pow(b)),
    ];

    // Two classes, the second with logit 0: the first one's log-probability is ln sigmoid x, and the sum is softplus x.
    private static IEnumerable<AccuracyRow> Rows =>
    [
        Unary("LogSoftmax", x => WithZero(x).LogSoftmax().Slice(-1, 0, 1).Squeeze(-1)) with { Reference = "LogSigmoid" },
        Unary("LogSumExp", x => WithZero(x).LogSumExp(-1)) with { Reference = "Softplus" },
        Unary("CrossEntropy", x => -Loss.CrossEntropy(WithZero(x), Tensor.Zeros(x.Shape, DType.Int64), Reduction.None)) with { Reference = "LogSigmoid" },
        Unary("Softmax", x => WithZero(x).Softmax().Slice(-1, 0, 1).Squeeze(-1)) with { Reference = "Sigmoid", SlopeFloor = 0.25, Reason = "the slope is y(1 - y) from y: where y is 1, it is 0; LogSoftmax keeps it" },
    ];

    private static Tensor WithZero(Tensor x) => Tensor.Stack([x, Tensor.Zeros(x.Shape, x.DType)], -1);
}
