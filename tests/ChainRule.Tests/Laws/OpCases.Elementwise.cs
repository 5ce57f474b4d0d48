using static ChainRule.Tests.Laws.GammaFunctions;
using static ChainRule.Tests.Laws.OpCase;
using static ChainRule.Tests.Laws.SpecialFunctions;

namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private const double Lambda = 1.0507009873554804934193349852946, SeluAlpha = 1.6732632423543772848170429916717;

    private static IEnumerable<OpCase> MoreElementwise => [.. Inverses, .. Activations, .. Pairs, .. Steps];

    private static IEnumerable<OpCase> Inverses =>
    [
        Unary<AcosOp>(x => x.Acos(), Math.Acos, low: -0.8, high: 0.8, points: [[1, -Infinity], [-1, -Infinity]]),
        Unary<AcoshOp>(x => x.Acosh(), Acosh, low: 1.4, high: 3, points: [[1, Infinity], [Infinity, 0]]),
        Unary<AsinOp>(x => x.Asin(), Math.Asin, low: -0.8, high: 0.8, points: [[1, Infinity], [-1, Infinity], [0, 1]], kinks: []),
        Unary<AsinhOp>(x => x.Asinh(), Asinh, points: [[Infinity, 0], [0, 1], [1e30, 1e-30]], kinks: []),
        Unary<AtanOp>(x => x.Atan(), Math.Atan, points: [[Infinity, 0], [-Infinity, 0], [0, 1]], kinks: []),
        Unary<AtanhOp>(x => x.Atanh(), Atanh, low: -0.8, high: 0.8, points: [[1, Infinity], [0, 1]], kinks: []),
        Unary<CoshOp>(x => x.Cosh(), Math.Cosh, points: [[0, 0], [-Infinity, -Infinity]], kinks: []),
        Unary<DigammaOp>(x => x.Digamma(), Digamma, low: 0.6, high: 4, points: [[Infinity, 0], [0, Infinity]]),
        Unary<ErfcOp>(x => x.Erfc(), GammaFunctions.Erfc, points: [[Infinity, 0], [-Infinity, 0], [0, -2 / Math.Sqrt(Math.PI)]], kinks: []),
        Unary<ErfinvOp>(x => x.Erfinv(), GammaFunctions.Erfinv, low: -0.7, high: 0.7, points: [[1, Infinity], [-1, Infinity], [0, 0.886226925452758]], kinks: []),
        Unary<Exp2Op>(x => x.Exp2(), x => Math.Pow(2, x), points: [[-Infinity, 0], [0, Math.Log(2)]], kinks: []),
        Unary<LgammaOp>(x => x.Lgamma(), Lgamma, low: 0.6, high: 4, points: [[0, -Infinity], [Infinity, Infinity], [1, -0.5772156649015329]], kinks: []),
        Unary<Log10Op>(x => x.Log10(), Math.Log10, low: 0.3, points: [[0, Infinity], [Infinity, 0]]),
        Unary<Log2Op>(x => x.Log2(), Math.Log2, low: 0.3, points: [[0, Infinity], [Infinity, 0], [4, 0.36067376022224085]]),
        Of<PolygammaOp>(
            new Variant(x => x[0].Polygamma(1), x => x[0].Map(v => Polygamma(1, v)), Operand.Of([2, 3], 0.8, 4)),
            new Variant(x => x[0].Polygamma(2), x => x[0].Map(v => Polygamma(2, v)), Operand.Of([3], 0.8, 4)),
            new Variant(x => x[0].Polygamma(5), x => x[0].Map(v => Polygamma(5, v)), Operand.Of([], 1.5, 4)),
            new Variant(x => x[0].Polygamma(1), x => x[0], Operand.Of([0, 2]))) with { Large = [[150_001]] },
        Unary<SincOp>(x => x.Sinc(), x => x == 0 ? 1 : SinOfPi(x) / (Math.PI * x), points: [[0, 0], [-0.0, 0], [1, -1], [2, 0.5]], kinks: []),
        Unary<SinhOp>(x => x.Sinh(), Math.Sinh, points: [[Infinity, Infinity], [0, 1]], kinks: []),
        Unary<TanOp>(x => x.Tan(), Math.Tan, low: -1, high: 1, points: [[0, 1]], kinks: []),
    ];

    private static IEnumerable<OpCase> Activations =>
    [
        Unary<CeluOp>(x => x.Celu(1.5), x => x > -1e-300 ? x : 1.5 * Expm1(x / 1.5), points: [[0, 1], [-Infinity, 0], [Infinity, 1]]),
        Unary<EluOp>(x => x.Elu(1.5), x => x > 0 ? x : 1.5 * Expm1(x), points: [[0, 1], [-0.0, 1], [-Infinity, 0], [Infinity, 1]]),
        Unary<GeluTanhOp>(x => x.GeluTanh(), x => Math.Max(x, -100) * Sigmoid(1.5957691216057308 * Math.Max(x, -100) * (1 + 0.044715 * x * x)), points: [[-Infinity, 0], [Infinity, 1], [0, 0.5]], kinks: []),
        Composed("Glu",
            On([2, 4], x => x.Glu(), x => Grid.Of([2, 2], i => x[i] * Sigmoid(x[i[0], i[1] + 2]))),
            On([4, 3], x => x.Glu(0), x => Grid.Of([2, 3], i => x[i] * Sigmoid(x[i[0] + 2, i[1]]))),
            On([3, 0], x => x.Glu(), x => x)),
        Each("Hardshrink", x => x.Hardshrink(), x => Math.Abs(x) <= 0.5 ? 0 : x, [[0.5, 0], [-0.5, 0], [Infinity, 1]]),
        Each("Hardsigmoid", x => x.Hardsigmoid(), x => Math.Clamp(x + 3, 0, 6) / 6, [[-3, 0], [3, 0], [Infinity, 0]], -5, 5),
        Each("Hardswish", x => x.Hardswish(), x => Math.Max(x, -3) * Math.Clamp(x + 3, 0, 6) / 6, [[-3, 0], [3, 1], [-Infinity, 0], [Infinity, 1]], -5, 5),
        Each("Hardtanh", x => x.Hardtanh(), x => Math.Clamp(x, -1, 1), [[-1, 0], [1, 0], [Infinity, 0]]),
        Each("LogSigmoid", x => x.LogSigmoid(), x => -Softplus(-x), [[-Infinity, 1], [Infinity, 0], [40, 4.248354255291589e-18]]),
        Unary<MishOp>(x => x.Mish(), x => Math.Max(x, -1000) * Math.Tanh(Softplus(Math.Max(x, -1000))), points: [[-Infinity, 0], [Infinity, 1], [0, 0.6]], kinks: []),
        Each("Relu6", x => x.Relu6(), x => Math.Min(Math.Max(x, 0), 6), [[0, 0], [6, 0], [-0.0, 0]], -3, 9),
        Each("Selu", x => x.Selu(), x => Lambda * (x > 0 ? x : SeluAlpha * Expm1(x)), [[0, Lambda], [-Infinity, 0]]),
        Unary<SiluOp>(x => x.Silu(), x => Math.Max(x, -1000) * Sigmoid(x), points: [[-Infinity, 0], [Infinity, 1], [0, 0.5]], kinks: []),
        Each("Softshrink", x => x.Softshrink(), x => Math.Abs(x) <= 0.5 ? 0 : x - 0.5 * Math.Sign(Finite(x)), [[0.5, 0], [-0.5, 0], [Infinity, 1]]),
        Unary<SoftsignOp>(x => x.Softsign(), x => double.IsInfinity(x) ? Math.Sign(x) : x / (1 + Math.Abs(x)), points: [[0, 1], [Infinity, 0], [1e8, 9.9999998e-17]], kinks: [0]),
        Unary<TanhshrinkOp>(x => x.Tanhshrink(), x => Math.CopySign(x - Math.Tanh(x), x), points: [[0, 0], [Infinity, 1]], kinks: []),
        Each("Threshold", x => x.Threshold(0.5, -7), x => x <= 0.5 ? -7 : x, [[0.5, 0], [Infinity, 1]]),
    ];

    private static IEnumerable<OpCase> Pairs =>
    [
        Binary<Atan2Op>(Tensor.Atan2, Math.Atan2, low: 0.5, points: [[0, 0, 0, 0], [2, 0, 0, -0.5], [1, Infinity, 0, 0], [3e30, 4e30, 1.6e-31, -1.2e-31]]),
        Binary<CopysignOp>(Tensor.Copysign, (a, b) => double.IsNaN(b) ? Math.Abs(a) : Math.CopySign(a, b), low: 0.5, points: [[0, 1, 0, 0], [2, -0.0, -1, 0], [-2, 1, -1, 0]]),
        Binary<FmodOp>(Tensor.Fmod, (a, b) => a % b, low: 1.1, high: 1.9) with { HasJumps = true },
        Binary<HypotOp>(Tensor.Hypot, (a, b) => double.Hypot(a, b), low: 0.5, points: [[0, 0, 0, 0], [-3, 4, -0.6, 0.8], [3e30, 4e30, 0.6, 0.8]]),
        Composed("Ldexp",
            new Variant(x => Tensor.Ldexp(x[0], x[1]), x => Grid.Map(x[0], x[1], (a, n) => a * Math.Pow(2, n)), Operand.Of([2, 3]), Operand.Of([3])),
            new Variant(x => Tensor.Ldexp(x[0], x[1]), x => Grid.Map(x[0], x[1], (a, n) => a * Math.Pow(2, n)), Operand.Of([3]), Operand.Of([]))),
        Composed("Lerp",
            new Variant(x => Tensor.Lerp(x[0], x[1], x[2]), x => Grid.Of([2, 3], i => x[0].Stretched(i) + x[2].Stretched(i) * (x[1].Stretched(i) - x[0].Stretched(i))), Operand.Of([2, 3]), Operand.Of([3]), Operand.Of([], 0, 0.4)),
            new Variant(x => Tensor.Lerp(x[0], x[1], 0.25), x => Grid.Map(x[0], x[1], (a, b) => a + 0.25 * (b - a)), Operand.Of([3]), Operand.Of([3])),
            new Variant(x => Tensor.Lerp(x[0], x[1], 0.75), x => Grid.Map(x[0], x[1], (a, b) => a + 0.75 * (b - a)), Operand.Of([3]), Operand.Of([3]))),
        Binary<LogAddExpOp>(Tensor.LogAddExp, (a, b) => a == b ? a + Math.Log(2) : Math.Max(a, b) + Log1p(Math.Exp(-Math.Abs(a - b))),
            points: [[1, 1, 0.5, 0.5], [Infinity, 0, 1, 0], [-Infinity, 0, 0, 1], [-Infinity, -Infinity, 0, 0], [Infinity, Infinity, 0.5, 0.5]]),
        Each("NanToNum", x => x.NanToNum(1, 2, 3), x => double.IsNaN(x) ? 1 : double.IsPositiveInfinity(x) ? 2 : double.IsNegativeInfinity(x) ? 3 : x, [[double.NaN, 0], [Infinity, 0], [1, 1]]),
        Binary<RemainderOp>(Tensor.Remainder, FlooredRest, low: 1.1, high: 1.9) with { HasJumps = true },
    ];

    private static IEnumerable<OpCase> Steps =>
    [
        Zero<BitwiseAndOp>(
            Whole(Tensor.BitwiseAnd, (a, b) => a & b), Whole(Tensor.BitwiseOr, (a, b) => a | b), Whole(Tensor.BitwiseXor, (a, b) => a ^ b), Whole((a, _) => a.BitwiseNot(), (a, _) => ~a),
            Logical(Tensor.BitwiseAnd, (a, b) => a && b), Logical(Tensor.BitwiseOr, (a, b) => a || b), Logical(Tensor.BitwiseXor, (a, b) => a != b), Logical((a, _) => a.BitwiseNot(), (a, _) => !a)),
        Zero<BitwiseShiftOp>(
            Whole((a, b) => a.BitwiseLeftShift(b.Abs()), (a, b) => Math.Abs(b) > 63 ? 0 : a << (int)Math.Abs(b)),
            Whole((a, b) => a.BitwiseRightShift(b.Abs()), (a, b) => a >> (int)Math.Min(63, Math.Abs(b)))),
        Unary<CeilOp>(x => x.Ceil(), Math.Ceiling, order: 0),
        Unary<FloorOp>(x => x.Floor(), Math.Floor, order: 0),
        Binary<FloorDivideOp>(Tensor.FloorDivide, (a, b) => b == 0 ? a / b : double.IsInfinity(a) ? double.NaN : Math.Round((a - FlooredRest(a, b)) / b), low: 1.1, high: 1.9, order: 0) with { Scalar = null },
        new("IsFinite", null,
            On([2, 3], x => (x / (x > 0)).IsFinite(), x => x.Map(v => v > 0 ? 1 : 0)),
            On([2, 3], x => (x / (x > 0)).IsInfinity(), x => x.Map(v => v > 0 ? 0 : 1)),
            On([2, 3], x => (0 * x / (x > 0)).IsNaN(), x => x.Map(v => v > 0 ? 0 : 1)),
            new Variant(x => x[0].IsFinite(), x => x[0].Map(_ => 1), Operand.Positions([2], 1, 0)),
            new Variant(x => x[0].IsInfinity(), x => x[0].Map(_ => 0), Operand.Positions([2], 1, 0)),
            new Variant(x => x[0].IsNaN(), x => x[0].Map(_ => 0), Operand.Positions([2], 1, 0))) { Order = 0 },
        Unary<RoundOp>(x => x.Round(), Math.Round, order: 0),
        Unary<TruncOp>(x => x.Trunc(), Math.Truncate, order: 0),
    ];

    private static double Acosh(double x) => double.IsInfinity(x) ? (x > 0 ? x : double.NaN) : x > 1e8 ? Math.Log(x) + Math.Log(2) : x < 1 ? double.NaN : Log1p(x - 1 + Math.Sqrt((x - 1) * (x + 1)));

    private static double Asinh(double x)
    {
        double size = Math.Abs(x);
        if (double.IsInfinity(x)) return x;
        return Math.CopySign(size > 1e8 ? Math.Log(size) + Math.Log(2) : Log1p(size + size * size / (1 + Math.Sqrt(1 + size * size))), x);
    }

    private static double Atanh(double x) => Math.Abs(x) == 1 ? x / 0 : Math.CopySign(0.5 * Log1p(2 * Math.Abs(x) / (1 - Math.Abs(x))), x);

    private static double FlooredRest(double a, double b)
    {
        double rest = a % b;
        if (rest == 0) return Math.CopySign(0, b);
        return (rest < 0 && b > 0) || (rest > 0 && b < 0) ? rest + b : rest;
    }

    private static double Finite(double x) => double.IsNaN(x) ? 0 : x;

    private static OpCase Composed(string name, params Variant[] variants) => new(name, null, variants);

    /// <summary>A composition that works on each element by itself.</summary>
    private static OpCase Each(string name, Func<Tensor, Tensor> function, Func<double, double> reference, double[][] points, double low = -2, double high = 2)
    {
        double[] kinks = [.. points.Select(point => point[0]).Where(double.IsFinite)];
        Variant Of(Shape shape) => new(x => function(x[0]), x => x[0].Map(reference), new Operand(shape, low, high) { Avoids = kinks });
        return new(name, null, Of([2, 3]), Of([]), Of([0, 2]), Of([7])) { Scalar = reference, Points = points, Large = [[150_001]] };
    }

    private static Variant Whole(Func<Tensor, Tensor, Tensor> function, Func<long, long, long> reference) =>
        new(x => function(x[0], x[1]), x => Grid.Map(x[0], x[1], (a, b) => reference((long)a, (long)b)), Operand.Positions([2, 3], 12, -7, 5, 0, -1, 1023), Operand.Positions([3], 10, 3, 65));
}
