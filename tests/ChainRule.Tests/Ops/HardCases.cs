using ChainRule.Autograd;
using static ChainRule.Tests.Ops.HardCase;

namespace ChainRule.Tests.Ops;

/// <summary>The hard cases of operations; those of layers, losses and the tape are tested there.</summary>
internal static class HardCases
{
    private const double Infinity = double.PositiveInfinity, NaN = double.NaN;

    public static HardCase[] All { get; } = [.. Roots, .. Powers, .. Kinks, .. Branches, .. Spreads, .. Exponentials, .. Tails, .. Paths];

    private static IEnumerable<HardCase> Roots =>
    [
        Of("H05 sqrt at 0", x => x.Sqrt(), 0.0, 0.0, Infinity),
        Of("H07 abs at 0", x => x.Abs(), 0.0, 0.0, 0.0),
        Of("H07 abs at -0", x => x.Abs(), -0.0, 0.0, 0.0),
    ];

    private static IEnumerable<HardCase> Powers =>
    [
        Of("H09 0^1", (a, b) => a.Pow(b), 0.0, 1.0, 0.0, 1.0, 0.0),
        Of("H10 0^0", (a, b) => a.Pow(b), 0.0, 0.0, 1.0, 0.0, 0.0),
        Of("H10 0^0, plain exponent", a => a.Pow(0), 0.0, 1.0, 0.0),
        Of("H11 0^2.5", a => a.Pow(2.5), 0.0, 0.0, 0.0),
        Of("H11 0^1", a => a.Pow(1), 0.0, 0.0, 1.0),
        Of("H11 0^0.5", a => a.Pow(0.5), 0.0, 0.0, Infinity),
        Of("H11 0^-1", a => a.Pow(-1), 0.0, Infinity, -Infinity),
        Of("H12 second derivative of 0^b at 0", b => Differentiate.Grad((Tensor exponent) => Tensor.Zeros([], b.DType).Pow(exponent))(b), 0.0, 0.0, 0.0),
    ];

    private static IEnumerable<HardCase> Kinks =>
    [
        Of("H17 relu at 0", x => x.Relu(), 0.0, 0.0, 0.0),
        Of("H17 clamp from below at 0", x => x.Clamp(min: 0), 0.0, 0.0, 0.0),
        Of("H17 clamp at -1 and 1", x => x.Clamp(-1, 1), Row(-1, 1), Row(-1, 1), Row(0, 0)),
        Of("H17 clamp to 0 and 6", x => x.Clamp(0, 6), Row(0, 6), Row(0, 6), Row(0, 0)),
        Of("H18 maximum of equal ones", Tensor.Maximum, 2.0, 2.0, 2.0, 0.5, 0.5),
        Of("H18 minimum of equal ones", Tensor.Minimum, 2.0, 2.0, 2.0, 0.5, 0.5),
        Of("H19 max", x => x.Max(), Row(1, 1, 0), 1.0, Row(0.5, 0.5, 0)),
        Of("H19 min", x => x.Min(), Row(3, 1, 1, 1), 1.0, Row(0, 1 / 3.0, 1 / 3.0, 1 / 3.0)),
        Of("H19 max of all equal", x => x.Max(1), Matrix([[2, 2], [3, 3]]), Row(2, 3), Matrix([[0.5, 0.5], [0.5, 0.5]])),
        Of("H19 max of infinities", x => x.Max(), Row(-Infinity, -Infinity), -Infinity, Row(0.5, 0.5)),
    ];

    private static IEnumerable<HardCase> Branches =>
    [
        Of("H22 where(x > 0, sqrt x, x)", x => Tensor.Where(x > 0, x.Sqrt(), x), Row(-1, -4), Row(-1, -4), Row(1, 1)),
        Of("H23 where(x > 2, log2 x, 2x)", x => Tensor.Where(x > 2, x.Log() / Math.Log(2), 2 * x), Row(0, 2, 3), Row(0, 4, 1.5849625007211562), Row(2, 2, 0.48089834696298783)),
        Of("H25 where(false, a / 0, 1)", a => Tensor.Where(a > 5, a / Tensor.Zeros([1], a.DType), 1), Row(1), Row(1), Row(0)),
        Of("H25 the same by the divisor", b => Tensor.Where(b > 5, 1 / b, 1), Row(0), Row(1), Row(0)),
        Of("H25 an infinite branch", x => Tensor.Where(x > 0, x, x.Exp() * Infinity), Row(2), Row(2), Row(1)),
    ];

    private static IEnumerable<HardCase> Spreads =>
    [
        Of("H27 std of equal elements", x => x.Std(), Row(2, 2, 2), 0.0, Row(0, 0, 0)),
        Of("H27 std of equal elements far from 0", x => x.Std(), Row(1e6 + 0.1, 1e6 + 0.1, 1e6 + 0.1), 0.0, Row(0, 0, 0)),
        Of("H27 var of equal elements", x => x.Var(), Row(0.1, 0.1, 0.1, 0.1), 0.0, Row(0, 0, 0, 0)),
        Of("H28 unbiased var of one element", x => x.Var(), Matrix([[3]]), NaN, Matrix([[NaN]])),
        Of("H28 unbiased std of one element", x => x.Std(), Matrix([[3]]), NaN, Matrix([[NaN]])),
        Of("H28 along an axis", x => x.Var(0, keepDims: true), Matrix([[3, 4]]), Matrix([[NaN, NaN]]), Matrix([[NaN, NaN]])),
        Of("H29 biased std of one element", x => x.Std(correction: 0), Matrix([[3]]), 0.0, Matrix([[0]])),
        Of("H29 biased var of one element", x => x.Var(correction: 0), 3.0, 0.0, 0.0),
    ];

    private static IEnumerable<HardCase> Exponentials =>
    [
        Of("H36 logsumexp of -inf", x => x.LogSumExp(), Row(-Infinity, -Infinity), -Infinity, Row(0, 0)),
        Of("H38 logsumexp with +inf", x => x.LogSumExp(), Row(1, Infinity), Infinity, Row(0, 1)),
        Of("H38 logsumexp of one element", x => x.LogSumExp(), Row(5), 5.0, Row(1)),
        Of("H38 logsumexp of one large element", x => x.LogSumExp(), 1000.0, 1000.0, 1.0),
        Of("H39 logsumexp of what a mask leaves", x => Tensor.Where(Tensor.From([true, false]), x, -Infinity).LogSumExp(), Row(0, 100), 0.0, Row(1, 0)),
        Of("H40 softmax of a masked row", x => x.Softmax(), Matrix([[-Infinity, -Infinity], [0, 0]]), Matrix([[0, 0], [0.5, 0.5]]), Matrix([[0, 0], [0, 0]])),
    ];

    private static IEnumerable<HardCase> Tails =>
    [
        Of("H43 sigmoid at 40", x => x.Sigmoid(), 40.0, 1 / (1 + 4.248354255291589e-18), 4.248354255291589e-18),
        Of("H43 sigmoid at 37.4", x => x.Sigmoid(), 37.42994775023705, 0.99999999999999994449, 5.551115123125775e-17) with { Types = [DType.Float64] },
        Of("H44 tanh at 20", x => x.Tanh(), 20.0, 1.0, 1.6993417021166355e-17),
        Of("H44 tanh at -9", x => x.Tanh(), -9.010913848876953, -0.99999997019827070795, 5.9604583203966204e-8) with { Types = [DType.Float32] },
        Of("H48 softplus", x => x.Softplus(), Row(20, 50, 100), Row(20.000000002061153620, 50, 100), Row(0.99999999793884638, 1, 1)),
        Of("H48 softplus of 5x over 5", x => (5 * x).Softplus() / 5, Row(20, 50, 100), Row(20, 50, 100), Row(1, 1, 1)),
        Of("H48 softplus far below 0", x => x.Softplus(), -100.0, 3.7200759760208359630e-44, 3.7200759760208359630e-44) with { Types = [DType.Float64] },
    ];

    private static IEnumerable<HardCase> Paths =>
    [
        Of("H55 take with repeats", x => x[Tensor.From([0, 0])] * Tensor.From([0.2, 0.3]).To(x.DType), Row(0.1), Row(0.02, 0.03), Row(0.5)),
        Of("H55 gather with repeats", x => x.Gather(0, Tensor.From([0, 0])) * Tensor.From([0.2, 0.3]).To(x.DType), Row(0.1), Row(0.02, 0.03), Row(0.5)),
        Of("H60 [1] times [5, 4]", (a, b) => a * b, Row(3), Tensor.Full([5, 4], 2, DType.Float64), Tensor.Full([5, 4], 6, DType.Float64), Row(40), Tensor.Full([5, 4], 3, DType.Float64)),
        Of("H60 [4, 1] times [1, 4]", (a, b) => a * b, Matrix([[1], [2], [3], [4]]), Matrix([[5, 6, 7, 8]]), Matrix([[5, 6, 7, 8], [10, 12, 14, 16], [15, 18, 21, 24], [20, 24, 28, 32]]), Matrix([[26], [26], [26], [26]]), Matrix([[10, 10, 10, 10]])),
        Of("H62 a + a", a => a + a, Row(3), Row(6), Row(2)),
        Of("H62 two paths", a => a.Square() * (3 * a), Row(2), Row(24), Row(36)),
        Of("H62 a matrix times itself", a => a.MatMul(a), Matrix([[1, 2], [3, 4]]), Matrix([[7, 10], [15, 22]]), Matrix([[7, 11], [9, 13]])),
    ];

    private static Tensor Row(params double[] values) => Tensor.From(values);

    private static Tensor Matrix(double[][] rows) => Tensor.Stack([.. rows.Select(row => Tensor.From(row))]);
}
