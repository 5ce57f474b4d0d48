using ChainRule.Nn;
using ChainRule.Nn.FromScratch;
using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Nn;

public sealed class NeuralNetworkTests
{
    private static readonly Tensor X = new double[,] { { 0, 0, 1, 1 }, { 0, 1, 0, 1 } }, Y = new double[,] { { 0, 1, 1, 0 } };

    [Fact]
    public void Gradients_equal_the_automatic_ones_at_any_size()
    {
        int networks = 0, compared = 0;
        for (int depth = 1; depth <= 4; depth++)
        {
            for (int seed = 0; seed < 30; seed++, networks++)
                compared += CompareWithAutomatic(depth, seed);
        }
        Assert.Equal(120, networks);
        Assert.True(compared > 4000, $"only {compared} elements were compared");
    }

    [Fact]
    public void The_loss_is_the_cross_entropy_summed_over_outputs_and_averaged_over_samples()
    {
        NeuralNetwork network = Random(3, [2, 5, 3]);
        double[] outputs = network.Forward(X).ToArray<double>();
        double[] targets = [0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1];
        double expected = outputs.Zip(targets, (a, y) => -(y * Math.Log(a) + (1 - y) * Math.Log(1 - a))).Sum() / 4;
        Assert.Equal(expected, network.Loss(Tensor.From(targets, [3, 4])), 1e-14);
    }

    [Fact]
    public void The_check_passes_where_no_sum_is_zero()
    {
        NeuralNetwork network = Random(1, [2, 4, 3, 2]);
        double[] before = [.. network.Layers.SelectMany(layer => layer.W.ToArray<double>())];
        IReadOnlyList<(string Name, double Difference)> rows = network.GradientCheck(X, Tensor.Concat([Y, 1 - Y], 0));
        Assert.Equal(["W1", "b1", "W2", "b2", "W3", "b3"], rows.Select(row => row.Name));
        Assert.All(rows, row => Assert.InRange(row.Difference, 0, 1e-7));
        Assert.Contains(rows, row => row.Difference > 0);
        Assert.Equal(before, network.Layers.SelectMany(layer => layer.W.ToArray<double>()));
    }

    [Fact]
    public void The_check_fails_where_a_gradient_is_not_the_slope()
    {
        // A weight that serves two layers: its slope is the sum of both gradients, and each alone is wrong.
        Tensor shared = Tensor.Normal([2, 2], new RandomKey(5), dtype: DType.Float64);
        Tensor Biases() => Tensor.Full([2, 1], 0.3, DType.Float64);
        var network = new NeuralNetwork([new(shared, Biases()), new(shared, Biases())]);
        var differences = network.GradientCheck(X, Tensor.Concat([Y, 1 - Y], 0)).ToDictionary(row => row.Name, row => row.Difference);
        Assert.True(differences["W1"] > 0.05 && differences["W2"] > 0.05, string.Join(", ", differences));
        Assert.True(differences["b1"] < 1e-7 && differences["b2"] < 1e-7, string.Join(", ", differences));
    }

    [Fact]
    public void Training_tells_each_step_and_the_loss_before_it()
    {
        NeuralNetwork network = Random(2, [2, 4, 1]);
        network.Forward(X);
        double first = network.Loss(Y);
        var told = new List<(int, double)>();
        double[] losses = network.Train(X, Y, 20, 0.5, (step, loss) => told.Add((step, loss)));
        Assert.Equal(Enumerable.Range(0, 20).Select(step => (step, losses[step])), told);
        Assert.Equal(first, losses[0]);
        Assert.True(losses[^1] < losses[0]);
        Assert.Empty(network.Train(X, Y, 0, 0.5));
    }

    [Fact]
    public void An_update_goes_down_the_gradient()
    {
        NeuralNetwork network = Random(2, [2, 3, 1]);
        network.Forward(X);
        network.Backward(Y);
        Tensor[] expected = [.. network.Layers.SelectMany(layer => new[] { layer.W - 0.5 * layer.DW!, layer.B - 0.5 * layer.DB! })];
        network.Update(0.5);
        Assert.All(expected.Zip(network.Layers.SelectMany(layer => new[] { layer.W, layer.B })), pair => Assert.Equal(pair.First.ToArray<double>(), pair.Second.ToArray<double>()));
    }

    [Fact]
    public void A_decision_is_true_from_one_half_on()
    {
        Tensor weights = new double[,] { { 1 }, { -1 } };
        var network = new NeuralNetwork([new(weights, Tensor.Zeros([2, 1], DType.Float64))]);
        Tensor decisions = network.Predict(new double[,] { { -0.1, 0, 0.1 } });
        Assert.Equal(DType.Bool, decisions.DType);
        Assert.Equal([false, true, true, true, true, false], decisions.ToArray<bool>());
    }

    [Fact]
    public void Every_layer_keeps_what_a_picture_of_it_needs()
    {
        NeuralNetwork network = Random(4, [2, 3, 1]);
        network.Forward(X);
        network.Backward(Y);
        foreach (NetworkLayer layer in network.Layers)
        {
            Assert.Equal([layer.W.Shape[1], 4], layer.Input!.Shape);
            Assert.All([layer.Z, layer.A, layer.DA, layer.DZ], value => Assert.Equal([layer.W.Shape[0], 4], value!.Shape));
            Assert.Equal((layer.W.Shape, layer.B.Shape), (layer.DW!.Shape, layer.DB!.Shape));
        }
        Assert.Same(network.Layers[0].A, network.Layers[1].Input);
        // dL/dA of the last layer: (a - y) / (a (1 - a)).
        double[] a = network.Layers[1].A!.ToArray<double>(), y = Y.ToArray<double>();
        Compare.Close([.. a.Zip(y, (p, t) => -t / p + (1 - t) / (1 - p))], network.Layers[1].DA!.ToArray<double>(), 1e-13, 0, "dA");
    }

    [Fact]
    public void Weights_start_normal_and_biases_at_zero()
    {
        var network = new NeuralNetwork([50, 400, 3], new RandomKey(1));
        double[] weights = network.Layers[0].W.ToArray<double>();
        // He: the variance is 2 / inputs; of 20,000 it is seen within 4·√(2/20,000).
        Assert.Equal(2 / 50.0, weights.Average(w => w * w), 0.04 * 2 / 50);
        Assert.Equal(0.01, new NeuralNetwork([50, 400], new RandomKey(1), deviation: 0.1).Layers[0].W.Square().Mean().Item<double>(), 0.0004);
        Assert.All(network.Layers, layer => Assert.All(layer.B.ToArray<double>(), b => Assert.Equal(0, b)));
        Assert.Equal(weights, new NeuralNetwork([50, 400, 3], new RandomKey(1)).Layers[0].W.ToArray<double>());
    }

    private static int CompareWithAutomatic(int depth, int seed)
    {
        RandomKey key = new RandomKey(seed).Child(depth);
        long[] drawn = (Tensor.Uniform([depth + 2], key.Child(0)) * 7 + 1).To(DType.Int64).ToArray<long>(); // 1 to 7
        int[] sizes = [.. drawn[..(depth + 1)].Select(size => (int)size)];
        long samples = drawn[^1];
        NeuralNetwork network = Random(seed, sizes);
        Tensor x = Tensor.Normal([sizes[0], samples], key.Child(1), dtype: DType.Float64);
        Tensor y = (Tensor.Uniform([sizes[^1], samples], key.Child(2)) >= 0.5).To(DType.Float64);

        network.Forward(x);
        network.Backward(y);

        Tensor a = x;
        var leaves = new List<(Tensor W, Tensor B)>();
        foreach (NetworkLayer layer in network.Layers)
        {
            leaves.Add((layer.W.Clone().RequiresGrad(), layer.B.Clone().RequiresGrad()));
            a = leaves[^1].W.MatMul(leaves.Count == 1 ? a : a.Relu()) + leaves[^1].B;
        }
        Tensor loss = Loss.BinaryCrossEntropyWithLogits(a, y, Reduction.Sum) / samples;
        loss.Backward();

        string because = $"layers of {string.Join(", ", sizes)}, {samples} samples, seed {seed}";
        Compare.Close(loss.ToArray<double>(), [network.Loss(y)], 1e-13, 0, because);
        foreach ((NetworkLayer layer, (Tensor w, Tensor b)) in network.Layers.Zip(leaves))
        {
            Compare.Close(w.Grad!.ToArray<double>(), layer.DW!.ToArray<double>(), 1e-13, 1e-15, because);
            Compare.Close(b.Grad!.ToArray<double>(), layer.DB!.ToArray<double>(), 1e-13, 1e-15, because);
        }
        return leaves.Sum(leaf => (int)(leaf.W.ElementCount + leaf.B.ElementCount));
    }

    /// <summary>A network whose biases are random too, so that no sum is exactly 0.</summary>
    private static NeuralNetwork Random(int seed, int[] sizes)
    {
        var network = new NeuralNetwork(sizes, new RandomKey(seed));
        foreach ((int i, NetworkLayer layer) in network.Layers.Index())
            layer.B = Tensor.Normal(layer.B.Shape, new RandomKey(seed).Child(100 + i), dtype: DType.Float64);
        return network;
    }
}
