namespace ChainRule.Nn.FromScratch;

/// <summary>
/// A fully connected network with its backward pass written out by hand: ReLU inside, a sigmoid at the end, trained by gradient
/// descent on the binary cross entropy. It is there to be read, and to test the automatic derivatives against.
/// </summary>
/// <remarks>As in textbooks each column is a sample: X is [inputs, samples], Y is [outputs, samples] of zeros and ones.</remarks>
public sealed class NeuralNetwork
{
    /// <summary>Makes a network of layers of these sizes, from the inputs to the outputs, with small random weights and no biases.</summary>
    /// <param name="sizes">For example 2, 4, 1: two inputs, four hidden neurons, one output.</param>
    /// <param name="key">Draws the weights.</param>
    /// <param name="deviation">The standard deviation of the weights; by default √(2 / inputs) of each layer (He).</param>
    public NeuralNetwork(ReadOnlySpan<int> sizes, RandomKey key, double? deviation = null)
    {
        if (sizes.Length < 2)
            throw new ArgumentException($"A network needs at least the sizes of its input and its output, not {sizes.Length}.", nameof(sizes));
        if (sizes.ContainsAnyExceptInRange(1, int.MaxValue))
            throw new ArgumentException($"A layer has at least one neuron, but the sizes are {string.Join(", ", sizes.ToArray())}.", nameof(sizes));
        for (int i = 1; i < sizes.Length; i++)
        {
            Tensor weights = Tensor.Normal([sizes[i], sizes[i - 1]], key.Child(i), 0, deviation ?? Math.Sqrt(2.0 / sizes[i - 1]), DType.Float64);
            Layers.Add(new NetworkLayer(weights, Tensor.Zeros([sizes[i], 1], DType.Float64)));
        }
    }

    /// <summary>Makes a network of given layers.</summary>
    public NeuralNetwork(IEnumerable<NetworkLayer> layers) => Layers.AddRange(layers);

    /// <summary>The layers, with their weights and all that the last passes have left in them.</summary>
    public List<NetworkLayer> Layers { get; } = [];

    /// <summary>The outputs for X, each between 0 and 1. Every layer keeps its input, its sums and its activations for the way back.</summary>
    /// <exception cref="ShapeException">X has another number of inputs, or the layers do not fit one another.</exception>
    public Tensor Forward(Tensor x) // [inputs, m] -> [outputs, m]
    {
        CheckInput(x);
        Tensor a = x;
        foreach (NetworkLayer layer in Layers)
        {
            layer.Input = a;
            layer.Z = layer.W.MatMul(a) + layer.B; // [outputs, inputs]·[inputs, m] + [outputs, 1] -> [outputs, m]
            a = layer.A = layer == Layers[^1] ? layer.Z.Sigmoid() : layer.Z.Relu();
        }
        return a;
    }

    /// <summary>The loss of the last forward pass: -(y ln a + (1 - y) ln(1 - a)), summed over the outputs, its mean over the samples.</summary>
    /// <exception cref="ShapeException">Y has not the shape of the outputs.</exception>
    public double Loss(Tensor y)
    {
        // The same in terms of z, where a = sigmoid z: no logarithm of 0 when a rounds to 0 or 1.
        Tensor z = LastLayerFor(y, nameof(Loss)).Z!;
        return (z.Softplus() - y * z).Sum().Item<double>() / y.Shape[1];
    }

    /// <summary>The gradients of the last forward pass, layer by layer from the last to the first, by the chain rule.</summary>
    /// <exception cref="ShapeException">Y has not the shape of the outputs.</exception>
    public void Backward(Tensor y)
    {
        NetworkLayer last = LastLayerFor(y, nameof(Backward));
        double m = y.Shape[1];
        Tensor a = last.A!;
        last.DA = (a - y) / (a * (1 - a)); // the derivative of -(y ln a + (1 - y) ln(1 - a))
        last.DZ = a - y;                   // times the sigmoid's, a (1 - a): nothing is left of the divisor
        for (int i = Layers.Count - 1; i >= 0; i--)
        {
            NetworkLayer layer = Layers[i];
            layer.DW = layer.DZ!.MatMul(layer.Input!.T) / m;   // [outputs, m]·[m, inputs] -> [outputs, inputs]
            layer.DB = layer.DZ.Sum(1, keepDims: true) / m;    // [outputs, m] -> [outputs, 1]
            if (i == 0) continue;
            NetworkLayer before = Layers[i - 1];
            before.DA = layer.W.T.MatMul(layer.DZ);            // [inputs, outputs]·[outputs, m] -> [inputs, m]
            before.DZ = Tensor.Where(before.Z! > 0, before.DA, 0); // ReLU lets the gradient pass where its input was positive
        }
    }

    /// <summary>One step of gradient descent with the gradients of the last backward pass.</summary>
    public void Update(double learningRate)
    {
        RequireLayers(nameof(Update));
        foreach (NetworkLayer layer in Layers)
        {
            if (layer is not { DW: { } dW, DB: { } dB })
                throw new InvalidOperationException("Update: call Forward and Backward first.");
            layer.W -= learningRate * dW;
            layer.B -= learningRate * dB;
        }
    }

    /// <summary>Trains on all samples at once and returns the loss before each step.</summary>
    /// <param name="x">[inputs, samples].</param>
    /// <param name="y">[outputs, samples] of zeros and ones.</param>
    /// <param name="steps">How many steps to go.</param>
    /// <param name="learningRate">How far each goes.</param>
    /// <param name="progress">Is told the number of each step, from 0, and the loss before it.</param>
    public double[] Train(Tensor x, Tensor y, int steps, double learningRate, Action<int, double>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var losses = new double[steps];
        for (int step = 0; step < steps; step++)
        {
            Forward(x);
            losses[step] = Loss(y);
            progress?.Invoke(step, losses[step]);
            Backward(y);
            Update(learningRate);
        }
        return losses;
    }

    /// <summary>The decisions for X: true where the output is at least one half.</summary>
    public Tensor Predict(Tensor x) => Forward(x) >= 0.5;

    /// <summary>
    /// Compares the gradient by every weight and bias with the slope of the loss, (L(w + h) - L(w - h)) / 2h, and returns for each
    /// of W1, b1, W2, ... the relative difference ‖gradient - slope‖ / (‖gradient‖ + ‖slope‖): about 1e-9 where all is right.
    /// </summary>
    /// <remarks>
    /// Where a sum Z is exactly 0, the kink of ReLU, the slopes on both sides differ and no gradient agrees with both: check away
    /// from there, for example with biases that are not 0.
    /// </remarks>
    public IReadOnlyList<(string Name, double Difference)> GradientCheck(Tensor x, Tensor y, double h = 1e-5)
    {
        Forward(x);
        Backward(y);
        var rows = new List<(string, double)>();
        foreach ((int i, NetworkLayer layer) in Layers.Index())
        {
            rows.Add(($"W{i + 1}", Difference(layer.DW!, layer.W, x, y, h)));
            rows.Add(($"b{i + 1}", Difference(layer.DB!, layer.B, x, y, h)));
        }
        Forward(x);
        return rows;
    }

    private double Difference(Tensor gradient, Tensor parameter, Tensor x, Tensor y, double h)
    {
        Tensor slope = Tensor.Zeros(parameter.Shape, parameter.DType);
        for (long row = 0; row < parameter.Shape[0]; row++)
        {
            for (long column = 0; column < parameter.Shape[1]; column++)
            {
                double value = parameter[row, column].Item<double>();
                double above = LossAt(value + h), below = LossAt(value - h);
                parameter[row, column] = value;
                slope[row, column] = (above - below) / (2 * h);

                double LossAt(double changed)
                {
                    parameter[row, column] = changed;
                    Forward(x);
                    return Loss(y);
                }
            }
        }
        double size = Norm(gradient) + Norm(slope);
        return size == 0 ? 0 : Norm(gradient - slope) / size;
    }

    private static double Norm(Tensor x) => Math.Sqrt(x.Square().Sum().Item<double>());

    private void CheckInput(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        RequireLayers(nameof(Forward));
        long inputs = Layers[0].W.Shape[1];
        if (x.Rank != 2 || x.Shape[0] != inputs)
        {
            string transpose = x.Rank == 2 && x.Shape[1] == inputs ? " Transpose it: x.T." : "";
            throw new ShapeException($"Forward: x has shape {x.Shape}, but the first layer takes {inputs} inputs, so x must be [{inputs}, samples]: each column is a sample.{transpose}");
        }
        for (int i = 1; i < Layers.Count; i++)
        {
            if (Layers[i].W.Shape[1] != Layers[i - 1].W.Shape[0])
                throw new ShapeException($"Forward: layer {i + 1} takes {Layers[i].W.Shape[1]} inputs, but layer {i} gives {Layers[i - 1].W.Shape[0]} outputs.");
        }
    }

    /// <summary>The last layer, once there are outputs of a forward pass that the targets fit.</summary>
    private NetworkLayer LastLayerFor(Tensor y, string operation)
    {
        ArgumentNullException.ThrowIfNull(y);
        RequireLayers(operation);
        NetworkLayer last = Layers[^1];
        if (last.A is not { } outputs)
            throw new InvalidOperationException($"{operation}: call Forward first.");
        if (y.Shape != outputs.Shape)
            throw new ShapeException($"{operation}: y has shape {y.Shape}, but the last outputs have {outputs.Shape}; they must be equal, one column of zeros and ones for each sample.");
        return last;
    }

    private void RequireLayers(string operation)
    {
        if (Layers.Count == 0)
            throw new InvalidOperationException($"{operation}: the network has no layers. Add them to {nameof(Layers)}, or make it of sizes: new NeuralNetwork([2, 4, 1], key).");
    }
}
