using ChainRule.Nn;
using ChainRule.Tests.Core;
using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Nn;

internal static partial class BadLayerCalls
{
    private static Module[] Plain =>
    [
        new Gelu(), new Hardsigmoid(), new Hardswish(), new Identity(), new LogSigmoid(), new Mish(), new Relu(), new Relu6(), new Selu(),
        new Sigmoid(), new Silu(), new Softsign(), new Tanh(), new Tanhshrink(),
    ];

    private static IEnumerable<BadCall> Activations =>
    [
        .. Plain.SelectMany(layer => NullArgument($"{layer.GetType().Name}.Forward", "x", () => layer.Forward(null!))),
        .. Shaped("Celu", "alpha", alpha => new Celu(alpha), 0, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity),
        .. Shaped("Elu", "alpha", alpha => new Elu(alpha), double.NaN, double.PositiveInfinity, double.NegativeInfinity),
        .. Shaped("LeakyRelu", "slope", slope => new LeakyRelu(slope), double.NaN, double.PositiveInfinity, double.NegativeInfinity),
        .. Shaped("Softplus", "beta", beta => new Softplus(beta), 0, -1, double.NaN, double.PositiveInfinity),
        .. Shaped("Hardshrink", "lambda", lambda => new Hardshrink(lambda), -1, -1e-300, double.NaN, double.NegativeInfinity),
        .. Shaped("Softshrink", "lambda", lambda => new Softshrink(lambda), -1, -1e-300, double.NaN, double.NegativeInfinity),
        .. Shaped("Threshold", "threshold", threshold => new Threshold(threshold, 1), double.NaN),
        .. Refused<ArgumentException>("Hardtanh", ["Hardtanh: ", "min", "max"], () => new Hardtanh(1, -1), () => new Hardtanh(double.NaN), () => new Hardtanh(0, double.NaN), () => new Hardtanh(double.PositiveInfinity, 4)),
        .. NullArgument("Hardtanh.Forward", "x", () => new Hardtanh().Forward(null!)),
        .. Numbers("PRelu", "channels", channels => new PRelu(channels), 0, -1, int.MinValue),
        .. Shares("PRelu", "initial", initial => new PRelu(2, initial), double.NaN, double.PositiveInfinity),
        .. Types("PRelu", dtype => new PRelu(2, dtype: dtype)),
        .. Inputs("PRelu", "PRelu(2)", () => new PRelu(2), 1f, Vector, Tensor.Zeros([2, 3]), Series),
        .. Refused<DTypeException>("PRelu.Forward", ["PRelu(1)", "float64"], () => new PRelu().Forward(Tensor.Zeros([4], DType.Float64))),
        .. Axes("Softmax", axis => new Softmax(axis)),
        .. Axes("Softmin", axis => new Softmin(axis)),
        .. Axes("LogSoftmax", axis => new LogSoftmax(axis)),
        .. Axes("Glu", axis => new Glu(axis)),
        .. Axes("SwiGlu", axis => new SwiGlu(axis)),
        .. Refused<ShapeException>("Glu.Forward", ["Glu", "[3]", "halved"], () => new Glu().Forward(Vector)),
        .. Refused<ShapeException>("SwiGlu.Forward", ["SwiGlu(-1)", "[3]", "halved"], () => new SwiGlu().Forward(Vector)),
    ];

    /// <summary>An activation with a number that its constructor looks at; any input will do.</summary>
    private static IEnumerable<BadCall> Shaped(string layer, string argument, Func<double, Module> make, params double[] values) =>
    [
        .. Shares(layer, argument, make, values),
        .. NullArgument($"{layer}.Forward", "x", () => make(1).Forward(null!)),
    ];

    /// <summary>An activation along an axis, which any number may name until there is an input.</summary>
    private static IEnumerable<BadCall> Axes(string layer, Func<int, Module> make) =>
    [
        .. NullArgument($"{layer}.Forward", "x", () => make(0).Forward(null!)),
        .. new[] { 3, -4, int.MinValue, int.MaxValue }.SelectMany(axis => Refused<ShapeException>($"{layer}.Forward", [$"{layer}: ", "axis", "[2, 4, 5]"], () => make(axis).Forward(Series))),
        .. Refused<ShapeException>($"{layer}.Forward", ["axis 1", "[]"], () => make(1).Forward(1f)),
    ];
}
