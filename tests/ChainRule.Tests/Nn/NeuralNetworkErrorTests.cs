using ChainRule.Nn.FromScratch;

namespace ChainRule.Tests.Nn;

public sealed class NeuralNetworkErrorTests
{
    private static readonly Tensor X = new double[,] { { 0, 0, 1, 1 }, { 0, 1, 0, 1 } }, Y = new double[,] { { 0, 1, 1, 0 } };

    [Fact]
    public void Samples_are_columns_and_rows_of_them_are_refused_with_the_way_out()
    {
        NeuralNetwork network = Small();
        Action<Tensor>[] uses = [x => network.Forward(x), x => network.Predict(x), x => network.Train(x, Y, 1, 0.1), x => network.GradientCheck(x, Y)];
        foreach (Action<Tensor> use in uses)
        {
            Assert.Equal("Forward: x has shape [4, 2], but the first layer takes 2 inputs, so x must be [2, samples]: each column is a sample. Transpose it: x.T.",
                Assert.Throws<ShapeException>(() => use(X.T)).Message);
            Assert.Equal("Forward: x has shape [3, 4], but the first layer takes 2 inputs, so x must be [2, samples]: each column is a sample.",
                Assert.Throws<ShapeException>(() => use(Tensor.Zeros([3, 4], DType.Float64))).Message);
            Assert.Contains("x has shape [2]", Assert.Throws<ShapeException>(() => use(Tensor.Zeros([2], DType.Float64))).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentNullException>("x", () => use(null!));
        }
    }

    [Fact]
    public void Targets_have_the_shape_of_the_outputs()
    {
        NeuralNetwork network = Small();
        network.Forward(X);
        foreach (Shape shape in new Shape[] { [1, 3], [4, 1], [4], [2, 4], [] })
        {
            Tensor y = Tensor.Zeros(shape, DType.Float64);
            Assert.Contains($"Loss: y has shape {shape}, but the last outputs have [1, 4]", Assert.Throws<ShapeException>(() => network.Loss(y)).Message, StringComparison.Ordinal);
            Assert.Contains($"Backward: y has shape {shape}, but the last outputs have [1, 4]", Assert.Throws<ShapeException>(() => network.Backward(y)).Message, StringComparison.Ordinal);
            Assert.Throws<ShapeException>(() => network.Train(X, y, 1, 0.1));
            Assert.Throws<ShapeException>(() => network.GradientCheck(X, y));
        }
        Assert.Throws<ArgumentNullException>("y", () => network.Loss(null!));
        Assert.Throws<ArgumentNullException>("y", () => network.Backward(null!));
    }

    [Fact]
    public void Calls_in_the_wrong_order_say_what_comes_first()
    {
        NeuralNetwork network = Small();
        Assert.Equal("Loss: call Forward first.", Assert.Throws<InvalidOperationException>(() => network.Loss(Y)).Message);
        Assert.Equal("Backward: call Forward first.", Assert.Throws<InvalidOperationException>(() => network.Backward(Y)).Message);
        network.Forward(X);
        double[] weights = network.Layers[0].W.ToArray<double>();
        Assert.Equal("Update: call Forward and Backward first.", Assert.Throws<InvalidOperationException>(() => network.Update(0.1)).Message);
        Assert.Equal(weights, network.Layers[0].W.ToArray<double>());
    }

    [Fact]
    public void A_network_has_layers_that_fit_one_another()
    {
        var empty = new NeuralNetwork([]);
        Action[] uses = [() => empty.Forward(X), () => empty.Loss(Y), () => empty.Backward(Y), () => empty.Update(0.1), () => empty.Train(X, Y, 1, 0.1), () => empty.GradientCheck(X, Y)];
        Assert.All(uses, use => Assert.Contains("the network has no layers", Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal));

        var mismatched = new NeuralNetwork([Layer(3, 2), Layer(1, 4)]);
        Assert.Equal("Forward: layer 2 takes 4 inputs, but layer 1 gives 3 outputs.", Assert.Throws<ShapeException>(() => mismatched.Forward(X)).Message);
        Assert.Throws<ArgumentNullException>(() => new NeuralNetwork(null!));
    }

    [Fact]
    public void Sizes_and_shapes_that_make_no_network_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new NeuralNetwork([2], new RandomKey(1)));
        Assert.Throws<ArgumentException>(() => new NeuralNetwork([], new RandomKey(1)));
        Assert.Throws<ArgumentException>(() => new NeuralNetwork([2, 0, 1], new RandomKey(1)));
        Assert.Throws<ArgumentException>(() => new NeuralNetwork([2, -1], new RandomKey(1)));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => Small().Train(X, Y, -1, 0.1));
        Assert.Contains("[outputs, 1], but they are [3, 2] and [3]",
            Assert.Throws<ShapeException>(() => new NetworkLayer(Tensor.Zeros([3, 2]), Tensor.Zeros([3]))).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => new NetworkLayer(Tensor.Zeros([3]), Tensor.Zeros([3, 1])));
        Assert.Throws<ArgumentNullException>(() => new NetworkLayer(null!, Tensor.Zeros([3, 1])));
    }

    private static NeuralNetwork Small() => new([2, 3, 1], new RandomKey(1));

    private static NetworkLayer Layer(int outputs, int inputs) => new(Tensor.Zeros([outputs, inputs], DType.Float64), Tensor.Zeros([outputs, 1], DType.Float64));
}
