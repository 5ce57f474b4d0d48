using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class LayerTests
{
    // Φ(1), the sigmoid of 1 and tanh 1 to 20 digits.
    private const double NormalOfOne = 0.84134474606854294859, SigmoidOfOne = 0.73105857863000487925, TanhOfOne = 0.76159415595576488812;

    public static TheoryData<Module, double, double> Activations => new()
    {
        { new Relu(), 0, 1 },
        { new Sigmoid(), 1 - SigmoidOfOne, SigmoidOfOne },
        { new Tanh(), -TanhOfOne, TanhOfOne },
        { new Gelu(), NormalOfOne - 1, NormalOfOne },
    };

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_activation_maps_each_element_and_has_no_parameters(Module layer, double ofMinusOne, double ofOne)
    {
        Tensor x = new double[,] { { -1, 1, double.NaN } };
        Tensor y = layer.Forward(x);
        Assert.Equal([1, 3], y.Shape);
        Assert.Equal(ofMinusOne, y[0, 0].Item<double>(), 1e-15);
        Assert.Equal(ofOne, y[0, 1].Item<double>(), 1e-15);
        Assert.True(double.IsNaN(y[0, 2].Item<double>()));
        Assert.Empty(layer.Parameters());
        Assert.Equal(layer.GetType().Name, layer.ToString());
        Assert.Throws<ArgumentNullException>(() => layer.Forward(null!));
    }

    [Fact]
    public void A_sequence_runs_its_layers_in_order()
    {
        Linear first = Scaling(2, 1), second = Scaling(10, -3);
        var model = new Sequential(first, new Relu()) { second };
        // 10·relu(2x + 1) - 3
        Assert.Equal([27.0, -3], model.Forward(new double[,] { { 1 }, { -1 } }).ToArray<double>());
        Assert.Equal([first, model[1], second], model);
        Assert.Equal((3, second), (model.Count, model[^1]));
    }

    [Fact]
    public void A_sequence_of_nothing_changes_nothing()
    {
        Tensor x = Tensor.Ones([2]);
        Assert.Same(x, new Sequential().Forward(x));
        Assert.Throws<ArgumentNullException>(() => new Sequential(new Relu(), null!));
    }

    [Fact]
    public void Flatten_keeps_the_batch_and_the_order()
    {
        Tensor x = Tensor.Arange(0, 24).Reshape([2, 3, 4]);
        Tensor y = new Flatten().Forward(x);
        Assert.Equal([2, 12], y.Shape);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), y.ToArray<float>());
        Assert.Equal([2, 3], new Flatten().Forward(Tensor.Zeros([2, 3])).Shape);
        Assert.Equal([0, 12], new Flatten().Forward(Tensor.Zeros([0, 3, 4])).Shape);
    }

    [Fact]
    public void Flatten_needs_a_batch_and_something_in_it()
    {
        foreach (Shape shape in new Shape[] { [], [3] })
            Assert.Contains($"the input has shape {shape}", Assert.Throws<ShapeException>(() => new Flatten().Forward(Tensor.Zeros(shape))).Message, StringComparison.Ordinal);
    }

    private static Linear Scaling(double factor, double offset)
    {
        var layer = new Linear(1, 1, dtype: DType.Float64);
        using (new NoGrad())
        {
            layer.Weight.Value.Fill(factor);
            layer.Bias!.Value.Fill(offset);
        }
        return layer;
    }
}
