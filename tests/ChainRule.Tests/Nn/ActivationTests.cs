using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class ActivationTests
{
    private const double Sigmoid1 = 0.73105857863000487925; // σ(1)

    /// <summary>Each with its text and its values at -2 and 1, by the formulas.</summary>
    public static TheoryData<Module, string, double, double> Elementwise => new()
    {
        { new LeakyRelu(0.2), "LeakyRelu(0.2)", -0.4, 1 },
        { new Elu(), "Elu(1)", Math.Exp(-2) - 1, 1 },
        { new Elu(0.5), "Elu(0.5)", 0.5 * (Math.Exp(-2) - 1), 1 },
        { new Selu(), "Selu", 1.7580993408473766 * (Math.Exp(-2) - 1), 1.0507009873554805 },
        { new Celu(2), "Celu(2)", 2 * (Math.Exp(-1) - 1), 1 },
        { new Silu(), "Silu", -2 / (1 + Math.Exp(2)), Sigmoid1 },
        { new Gelu(approximate: true), "Gelu(tanh)", -1 - Math.Tanh(Math.Sqrt(2 / Math.PI) * (-2 - 0.044715 * 8)), 0.5 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * 1.044715)) },
        { new Mish(), "Mish", -2 * Math.Tanh(Math.Log(1 + Math.Exp(-2))), Math.Tanh(Math.Log(1 + Math.E)) },
        { new Softplus(), "Softplus(1)", Math.Log(1 + Math.Exp(-2)), Math.Log(1 + Math.E) },
        { new Softplus(2), "Softplus(2)", Math.Log(1 + Math.Exp(-4)) / 2, Math.Log(1 + Math.Exp(2)) / 2 },
        { new Softsign(), "Softsign", -2 / 3.0, 0.5 },
        { new Hardswish(), "Hardswish", -1 / 3.0, 2 / 3.0 },
        { new Hardsigmoid(), "Hardsigmoid", 1 / 6.0, 2 / 3.0 },
        { new Hardtanh(), "Hardtanh(-1, 1)", -1, 1 },
        { new Hardtanh(-3, 0.5), "Hardtanh(-3, 0.5)", -2, 0.5 },
        { new Relu6(), "Relu6", 0, 1 },
        { new LogSigmoid(), "LogSigmoid", -Math.Log(1 + Math.Exp(2)), Math.Log(Sigmoid1) },
        { new Tanhshrink(), "Tanhshrink", -2 + Math.Tanh(2), 1 - Math.Tanh(1) },
        { new Softshrink(0.75), "Softshrink(0.75)", -1.25, 0.25 },
        { new Hardshrink(1), "Hardshrink(1)", -2, 0 },
        { new Threshold(0.5, 20), "Threshold(0.5, 20)", 20, 1 },
        { new PRelu(), "PRelu(1)", -0.5, 1 },
    };

    [Theory, MemberData(nameof(Elementwise))]
    public void An_activation_maps_each_element_by_its_formula(Module layer, string text, double ofMinusTwo, double ofOne)
    {
        Assert.Equal(text, layer.ToString());
        layer.To(DType.Float64);
        Assert.Equal(layer is PRelu ? 1 : 0, layer.Parameters().Count);
        Tensor y = layer.Forward(new double[,] { { -2, 1, double.NaN } });
        Assert.Equal([1, 3], y.Shape);
        Assert.Equal(ofMinusTwo, y[0, 0].Item<double>(), 1e-15);
        Assert.Equal(ofOne, y[0, 1].Item<double>(), 1e-15);
        Assert.True(double.IsNaN(y[0, 2].Item<double>()));
        Assert.Throws<ArgumentNullException>(() => layer.Forward(null!));
    }

    [Fact]
    public void Softmax_softmin_and_log_softmax_go_along_their_axis()
    {
        Tensor x = new double[,] { { 0, 2 }, { Math.Log(3), 2 } };
        Assert.Equal([0.25, 0.5, 0.75, 0.5], Rounded(new Softmax(0).Forward(x)));
        Assert.Equal([0.75, 0.5, 0.25, 0.5], Rounded(new Softmin(0).Forward(x)));
        Assert.Equal([0.25, 0.5, 0.75, 0.5], Rounded(new LogSoftmax(0).Forward(x).Exp()));
        Assert.Equal(["Softmax(-1)", "Softmin(-1)", "LogSoftmax(1)"], new Module[] { new Softmax(), new Softmin(), new LogSoftmax(1) }.Select(layer => layer.ToString()));
    }

    [Fact]
    public void Gates_halve_their_axis()
    {
        Tensor x = new double[] { 3, -2, 0, 1 };
        Assert.Equal([1.5, Math.Round(-2 * Sigmoid1, 12)], Rounded(new Glu().Forward(x)));
        Assert.Equal([0, Math.Round(-2 / (1 + Math.Exp(2)), 12)], Rounded(new SwiGlu().Forward(x)));
        Assert.Throws<ShapeException>(() => new SwiGlu().Forward(Tensor.Zeros([3])));
        Assert.Equal(["Glu(1)", "SwiGlu(-1)"], new Module[] { new Glu(1), new SwiGlu() }.Select(layer => layer.ToString()));
    }

    [Fact]
    public void Slopes_of_PRelu_are_learned_for_each_channel_and_count_at_zero()
    {
        var layer = new PRelu(2, dtype: DType.Float64);
        Tensor x = Tensor.From([-1.0, 2, 0, -3], [1, 2, 2]).RequiresGrad();
        layer.Forward(x).Sum().Backward();
        Assert.Equal([0.25, 1, 0.25, 0.25], x.Grad!.ToArray<double>());
        Assert.Equal([-1.0, -3], layer.Weight.Grad!.ToArray<double>());
        Assert.Equal(-0.25, new PRelu(dtype: DType.Float64).Forward(-1.0).Item<double>());
        Assert.Throws<ShapeException>(() => layer.Forward(Tensor.Zeros([2, 3], DType.Float64)));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Celu(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Softplus(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Softshrink(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Hardshrink(double.NaN));
        Assert.Throws<ArgumentException>(() => new Hardtanh(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PRelu(0));
    }

    private static double[] Rounded(Tensor x) => [.. x.ToArray<double>().Select(value => Math.Round(value, 12) + 0)];
}
