using static ChainRule.Tests.Laws.OpCase;
using static ChainRule.Tests.Laws.SpecialFunctions;

namespace ChainRule.Tests.Laws;

/// <summary>
/// One row for each file of src/ChainRule/Ops: how to call it, a reference in double, where samples come from,
/// and the derivative at points where it is a convention. The laws do the rest.
/// </summary>
internal static partial class OpCases
{
    private const double Infinity = double.PositiveInfinity;

    public static OpCase[] All { get; } = [.. Elementwise, .. MoreElementwise, .. Linear, .. Bilinear, .. General, .. WithoutDerivative, .. Windows, .. Normalizations, .. Algebra.Select(row => row with { NeedsItsSamples = true }), .. Products, .. Indexing, .. Choosing, .. Training, .. Recurrent, .. Attention, .. Accurate];

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    public static OpCase Named(string name) => All.Single(row => row.Name == name);

    private static IEnumerable<OpCase> Elementwise =>
    [
        Unary<AbsOp>(x => x.Abs(), Math.Abs, points: [[0, 0], [-0.0, 0], [-Infinity, -1]]),
        Binary<AddOp>((a, b) => a + b, (a, b) => a + b),
        Binary<AttainsOp>((a, b) => a.Attains(b), (a, b) => a == b || double.IsNaN(a) ? 1 : 0, order: 0),
        Binary<BinaryCrossEntropyOp>(BinaryCrossEntropyOp.Default.Apply, BinaryCrossEntropy, low: 0.2, high: 0.8, points:
        [
            [0, 0, 1, 100], [0, 1, 0, 100], [1, 0, 0, -100], [1, 1, -1, -100],
            [-0.5, 0, 0, 100], [-0.5, 1, 0, 100], [1.5, 0, 0, -100], [1.5, 1, 0, -100], [Infinity, 0.5, 0, -100], [-Infinity, 0.5, 0, 100],
        ]),
        Binary<BinaryCrossEntropySlopeOp>(BinaryCrossEntropySlopeOp.Default.Apply, BinaryCrossEntropySlope, low: 0.2, high: 0.8, points:
        [
            [0, 0, 1, -1], [0, 1, 0, -1], [1, 0, 0, -1], [1, 1, 1, -1],
            [-0.5, 0, 0, 0], [-0.5, 1, 0, 0], [1.5, 0, 0, 0], [1.5, 1, 0, 0], [Infinity, 0.5, 0, 0], [-Infinity, 0.5, 0, 0],
        ]),
        Binary<ChainOp>(ChainOp.Default.Apply, (a, b) => a == 0 ? 0 : a * b),
        Unary<ClampOp>(x => x.Clamp(-1, 1), x => Math.Clamp(x, -1, 1), points: [[-1, 0], [1, 0], [Infinity, 0]]),
        Unary<CosOp>(x => x.Cos(), Math.Cos),
        Binary<DivideOp>((a, b) => a / b, (a, b) => a / b, low: 0.5, points: [[1, 0, Infinity, -Infinity]]),
        Unary<ErfOp>(x => x.Erf(), Erf, points: [[Infinity, 0], [-Infinity, 0]]),
        Unary<ExpOp>(x => x.Exp(), Math.Exp, points: [[-Infinity, 0], [0, 1]]),
        Unary<Expm1Op>(x => x.Expm1(), Expm1, points: [[-Infinity, 0], [-40, 4.248354255291589e-18]]),
        Unary<GeluOp>(x => x.Gelu(), x => Math.Max(x, -1000) * NormalDistribution(x), points: [[-Infinity, 0], [Infinity, 1], [0, 0.5]], kinks: []),
        Unary<LeakyReluOp>(x => x.LeakyRelu(), x => x > 0 ? x : 0.01 * x, points: [[0, 0.01], [-0.0, 0.01]]),
        Unary<LogOp>(x => x.Log(), Math.Log, low: 0.3, points: [[0, Infinity], [Infinity, 0]]),
        Unary<Log1pOp>(x => x.Log1p(), Log1p, low: -0.7, points: [[-1, Infinity]]),
        Binary<LogitCrossEntropyOp>(LogitCrossEntropyOp.Default.Apply, LogitCrossEntropy, low: 0.5),
        Binary<LogitCrossEntropySlopeOp>(LogitCrossEntropySlopeOp.Default.Apply, (a, b) => ((1 - b) * Sigmoid(a)) - (b * Sigmoid(-a)), low: 0.5),
        Binary<MaximumOp>(Tensor.Maximum, Math.Max, points: [[1, 1, 0.5, 0.5], [0, -0.0, 0.5, 0.5], [2, 1, 1, 0]]),
        Binary<MinimumOp>(Tensor.Minimum, Math.Min, points: [[1, 1, 0.5, 0.5], [0, -0.0, 0.5, 0.5], [2, 1, 0, 1]]),
        Binary<MultiplyOp>((a, b) => a * b, (a, b) => a * b),
        Unary<NegateOp>(x => -x, x => -x),
        Binary<PowOp>((a, b) => a.Pow(b), Math.Pow, low: 0.5, points:
        [
            [0, 0, 0, 0], [0, 0.5, Infinity, 0], [0, 1, 1, 0], [0, 2, 0, 0], [0, -1, -Infinity, -Infinity], [2, 0, 0, Math.Log(2)],
        ]),
        Unary<ReciprocalOp>(x => x.Reciprocal(), x => 1 / x, low: 0.5, points: [[Infinity, 0]]),
        Unary<ReluOp>(x => x.Relu(), x => Math.Max(x, 0), points: [[0, 0], [-0.0, 0], [Infinity, 1]]),
        Unary<RsqrtOp>(x => x.Rsqrt(), x => 1 / Math.Sqrt(x), low: 0.5, points: [[0, -Infinity]]),
        Unary<SigmoidOp>(x => x.Sigmoid(), Sigmoid, points: [[Infinity, 0], [-Infinity, 0], [40, 4.248354255291589e-18]]),
        Unary<SigmoidSlopeOp>(SigmoidSlopeOp.Default.Apply, x => Math.Exp(-Math.Abs(x)) / Math.Pow(1 + Math.Exp(-Math.Abs(x)), 2), points: [[0, 0]], kinks: []),
        Unary<SinOp>(x => x.Sin(), Math.Sin),
        Unary<SoftplusOp>(x => x.Softplus(), Softplus, points: [[-Infinity, 0], [Infinity, 1], [0, 0.5]], kinks: []),
        Unary<SqrtOp>(x => x.Sqrt(), Math.Sqrt, low: 0.3, points: [[0, Infinity], [-0.0, Infinity], [Infinity, 0]]),
        Unary<SquareOp>(x => x.Square(), x => x * x, points: [[0, 0]], kinks: []),
        Binary<SubtractOp>((a, b) => a - b, (a, b) => a - b),
        Unary<TanhOp>(x => x.Tanh(), Math.Tanh, points: [[Infinity, 0], [-Infinity, 0], [20, 1.6993417021166355e-17]]),
        Unary<TanhSlopeOp>(TanhSlopeOp.Default.Apply, x => 4 * Math.Exp(-2 * Math.Abs(x)) / Math.Pow(1 + Math.Exp(-2 * Math.Abs(x)), 2), points: [[0, 0]], kinks: []),
        Binary<TieShareOp>(TieShareOp.Default.Apply, (a, b) => a > b || double.IsNaN(a) ? 1 : a == b ? 0.5 : 0, order: 0),
        Of<WhereOp>(
            new(x => Tensor.Where(x[0], x[1], x[2]), x => Grid.Of([2, 3], i => x[0][i] != 0 ? x[1][i] : x[2][i]), Operand.Truth([2, 3], true, false, true, true, false, false), Operand.Of([2, 3]), Operand.Of([2, 3])),
            new(x => Tensor.Where(x[0], x[1], x[2]), x => Grid.Of([2, 3], i => x[0].Stretched(i) != 0 ? x[1].Stretched(i) : x[2].Stretched(i)), Operand.Truth([3], true, false, true), Operand.Of([2, 1]), Operand.Of([])),
            new(x => Tensor.Where(x[0], x[1], 7), x => Grid.Of([0, 2], _ => 0), Operand.Truth([0, 2]), Operand.Of([0, 2]))),
    ];

    private static IEnumerable<OpCase> Bilinear =>
    [
        Of<MatMulOp>(
            Product([2, 3], [3, 4], x => Grid.Of([2, 4], i => Dot(3, k => x[0][i[0], k] * x[1][k, i[1]]))),
            Product([3], [3, 2], x => Grid.Of([2], i => Dot(3, k => x[0][k] * x[1][k, i[0]]))),
            Product([2, 3], [3], x => Grid.Of([2], i => Dot(3, k => x[0][i[0], k] * x[1][k]))),
            Product([3], [3], x => Grid.Of([], _ => Dot(3, k => x[0][k] * x[1][k]))),
            Product([2, 2, 3], [3, 2], x => Grid.Of([2, 2, 2], i => Dot(3, k => x[0][i[0], i[1], k] * x[1][k, i[2]]))),
            Product([2, 1, 1, 2], [3, 2, 2], x => Grid.Of([2, 3, 1, 2], i => Dot(2, k => x[0][i[0], 0, 0, k] * x[1][i[1], k, i[3]]))),
            Product([3], [2, 3, 2], x => Grid.Of([2, 2], i => Dot(3, k => x[0][k] * x[1][i[0], k, i[1]]))),
            Product([2, 0], [0, 3], _ => Grid.Of([2, 3], _ => 0)),
            Product([0, 3], [3, 2], _ => Grid.Of([0, 2], _ => 0))) with { Large = [[150, 170], [170, 190]] },
    ];

    private static Variant Product(Shape left, Shape right, Func<Grid[], Grid> reference) =>
        new(x => x[0].MatMul(x[1]), reference, Operand.Of(left), Operand.Of(right));

    private static double Dot(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);

    /// <summary>A call with one operand.</summary>
    private static Variant On(Shape shape, Func<Tensor, Tensor> function, Func<Grid, Grid> reference) =>
        new(x => function(x[0]), x => reference(x[0]), Operand.Of(shape));
}
