using ChainRule.Nn;

namespace ChainRule.Tests.Nn;

public sealed class LinearTests
{
    [Fact]
    public void The_output_is_the_product_with_the_transposed_weight_plus_the_bias()
    {
        Linear layer = Known(bias: true);
        Tensor x = new double[,] { { 1, 0, -1 }, { 2, 1, 0 } };
        Assert.Equal(new double[,] { { -1.5, -3 }, { 4.5, 12 } }, layer.Forward(x).ToArray());
        Assert.Equal([-2.0, -2, 4, 13], Known(bias: false).Forward(x).ToArray<double>());
    }

    [Fact]
    public void Only_the_last_axis_is_mapped()
    {
        Linear layer = Known(bias: true);
        Tensor x = Tensor.Normal([2, 4, 3], new RandomKey(1), dtype: DType.Float64);
        Tensor y = layer.Forward(x);
        Assert.Equal([2, 4, 2], y.Shape);
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 4; j++)
                Assert.Equal(layer.Forward(x[i, j]).ToArray<double>(), y[i, j].ToArray<double>());
        }
        Assert.Equal([0, 2], layer.Forward(Tensor.Zeros([0, 3], DType.Float64)).Shape);
    }

    [Fact]
    public void Gradients_are_those_of_the_product()
    {
        Linear layer = Known(bias: true);
        Tensor x = new double[,] { { 1, 0, -1 }, { 2, 1, 0 } };
        x.RequiresGrad();
        layer.Forward(x).Backward(new double[,] { { 1, 2 }, { -1, 3 } });
        Assert.Equal(new double[,] { { -1, -1, -1 }, { 8, 3, -2 } }, layer.Weight.Grad!.ToArray()); // cᵀ·x
        Assert.Equal([0.0, 5], layer.Bias!.Grad!.ToArray<double>());                                 // the sum of c
        Assert.Equal(new double[,] { { 9, 12, 15 }, { 11, 13, 15 } }, x.Grad!.ToArray());            // c·W
    }

    [Fact]
    public void An_input_that_does_not_fit_is_an_error_that_names_the_layer()
    {
        var layer = new Linear(3, 2);
        foreach (Shape shape in new Shape[] { [], [2], [3, 2], [0], [3, 3, 4] })
        {
            string message = Assert.Throws<ShapeException>(() => layer.Forward(Tensor.Zeros(shape))).Message;
            Assert.Equal($"Linear(3, 2): the input has shape {shape}, but its last axis must have size 3.", message);
        }
        Assert.Throws<ArgumentNullException>(() => layer.Forward(null!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_input_of_another_precision_is_an_error_that_says_how_to_convert(bool bias)
    {
        var layer = new Linear(3, 2, bias: bias);
        string message = Assert.Throws<DTypeException>(() => layer.Forward(Tensor.Zeros([1, 3], DType.Float64))).Message;
        Assert.StartsWith($"{layer}: the input is float64, but the parameters are float32", message, StringComparison.Ordinal);
        Assert.Contains(".To(DType.Float32)", message, StringComparison.Ordinal);
        // Whole numbers lose nothing on the way.
        Assert.Equal(DType.Float32, layer.Forward(Tensor.From<int>([1, 2, 3])).DType);
    }

    [Fact]
    public void A_layer_without_bias_has_the_weight_alone()
    {
        var layer = new Linear(3, 2, bias: false);
        Assert.Null(layer.Bias);
        Assert.Equal(["weight"], layer.NamedParameters().Select(parameter => parameter.Name));
        Assert.Equal("Linear(3, 2, no bias)", layer.ToString());
        Assert.Equal("Linear(3, 2)", new Linear(3, 2).ToString());
    }

    [Fact]
    public void Weights_and_biases_start_anywhere_within_one_over_the_root_of_the_inputs()
    {
        var layer = new Linear(25, 400, new RandomKey(1), dtype: DType.Float64);
        foreach (Tensor parameter in layer.Parameters())
        {
            double[] values = parameter.ToArray<double>();
            Assert.All(values, value => Assert.InRange(value, -0.2, 0.2));
            Assert.True(values.Max() > 0.19 && values.Min() < -0.19);
            // The variance of numbers equally likely within ±0.2 is 0.2²/3; its estimate from n of them deviates by about √(0.8/n) of it.
            Assert.Equal(0.04 / 3, values.Average(value => value * value), 4 * Math.Sqrt(0.8 / values.Length) * 0.04 / 3);
        }
    }

    [Fact]
    public void The_key_decides_the_weights()
    {
        float[] Drawn(Linear layer) => [.. layer.Weight.Value.ToArray<float>(), .. layer.Bias!.Value.ToArray<float>()];

        float[] values = Drawn(new Linear(4, 4, new RandomKey(1)));
        Assert.Equal(values, Drawn(new Linear(4, 4, new RandomKey(1))));
        Assert.NotEqual(values, Drawn(new Linear(4, 4, new RandomKey(2))));
        Assert.Equal(20, values.Distinct().Count());
        Assert.NotEqual(Drawn(new Linear(4, 4)), Drawn(new Linear(4, 4)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-3, 1)]
    public void A_layer_has_at_least_one_input_and_one_output(int inputs, int outputs) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Linear(inputs, outputs));

    [Fact]
    public void Weights_have_fractions() => Assert.Throws<DTypeException>(() => new Linear(1, 1, dtype: DType.Int32));

    private static Linear Known(bool bias)
    {
        var layer = new Linear(3, 2, bias: bias, dtype: DType.Float64);
        using (new NoGrad())
        {
            layer.Weight.Value.CopyFrom(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } });
            layer.Bias?.Value.CopyFrom((double[])[0.5, -1]);
        }
        return layer;
    }
}
