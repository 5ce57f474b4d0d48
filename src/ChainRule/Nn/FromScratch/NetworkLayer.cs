namespace ChainRule.Nn.FromScratch;

/// <summary>One layer of a <see cref="NeuralNetwork"/>, with all that the passes forward and back have left in it.</summary>
public sealed class NetworkLayer
{
    /// <summary>Makes a layer of these weights and biases.</summary>
    /// <param name="weights">W, [outputs, inputs].</param>
    /// <param name="biases">b, [outputs, 1].</param>
    public NetworkLayer(Tensor weights, Tensor biases)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(biases);
        if (weights.Rank != 2 || biases.Shape != Shape.Create([weights.Shape[0], 1]))
            throw new ShapeException($"{nameof(NetworkLayer)}: weights must be [outputs, inputs] and biases [outputs, 1], but they are {weights.Shape} and {biases.Shape}.");
        (W, B) = (weights, biases);
    }

    /// <summary>The weights, [outputs, inputs].</summary>
    public Tensor W { get; set; }

    /// <summary>The biases, [outputs, 1].</summary>
    public Tensor B { get; set; }

    /// <summary>What went in, [inputs, samples].</summary>
    public Tensor? Input { get; internal set; }

    /// <summary>The sums before the activation, Z = W·Input + b, [outputs, samples].</summary>
    public Tensor? Z { get; internal set; }

    /// <summary>What came out, the activation of Z, [outputs, samples].</summary>
    public Tensor? A { get; internal set; }

    /// <summary>∂L/∂A of each sample's loss L, [outputs, samples].</summary>
    public Tensor? DA { get; internal set; }

    /// <summary>∂L/∂Z of each sample's loss L, [outputs, samples].</summary>
    public Tensor? DZ { get; internal set; }

    /// <summary>The gradient of the mean loss by W, [outputs, inputs].</summary>
    public Tensor? DW { get; internal set; }

    /// <summary>The gradient of the mean loss by b, [outputs, 1].</summary>
    public Tensor? DB { get; internal set; }
}
