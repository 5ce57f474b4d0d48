namespace ChainRule.Nn;

/// <summary>The fully connected layer y = x·Wᵀ + b over the last axis.</summary>
public sealed class Linear : Module
{
    /// <summary>Makes a layer whose weights and biases are equally likely anywhere between -1/√inputs and 1/√inputs.</summary>
    /// <param name="inputs">Numbers that go in, the size of the last axis.</param>
    /// <param name="outputs">Numbers that come out.</param>
    /// <param name="key">Draws the initial values; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="bias">Whether there is a b.</param>
    /// <param name="dtype">float32 or float64.</param>
    public Linear(int inputs, int outputs, RandomKey? key = null, bool bias = true, DType dtype = DType.Float32)
    {
        Bounds.AtLeast(inputs, 1, nameof(Linear), nameof(inputs));
        Bounds.AtLeast(outputs, 1, nameof(Linear), nameof(outputs));
        dtype.RequireParameter(nameof(Linear));
        RandomKey source = key ?? RandomKey.Next();
        double bound = 1 / Math.Sqrt(inputs);
        Weight = new(Tensor.Uniform([outputs, inputs], source.Child(0), -bound, bound, dtype));
        Bias = bias ? new(Tensor.Uniform([outputs], source.Child(1), -bound, bound, dtype)) : null;
    }

    /// <summary>W, [outputs, inputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [outputs], or null for none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) // [..., inputs] -> [..., outputs]
    {
        ArgumentNullException.ThrowIfNull(x);
        long inputs = Weight.Value.Shape[1];
        if (x.Rank == 0 || x.Shape[^1] != inputs)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but its last axis must have size {inputs}.");
        InputType.RequireFloating(x, Weight, this);
        return x.Affine(Weight, Bias);
    }

    /// <summary>For example <c>Linear(64, 10)</c>.</summary>
    public override string ToString() => $"Linear({Weight.Value.Shape[1]}, {Weight.Value.Shape[0]}{(Bias is null ? ", no bias" : "")})";
}
