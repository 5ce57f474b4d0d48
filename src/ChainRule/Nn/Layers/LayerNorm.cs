namespace ChainRule.Nn;

/// <summary>Each example's last axes with mean 0 and variance 1, see <see cref="Tensor.LayerNorm"/>.</summary>
public sealed class LayerNorm : Module
{
    private readonly Shape _normalized;
    private readonly double _epsilon;

    /// <summary>Makes a layer with weights 1 and biases 0.</summary>
    /// <param name="normalized">The sizes of the last axes.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="affine">Whether there is a weight for each element.</param>
    /// <param name="bias">Whether there is a bias, too.</param>
    /// <param name="dtype">float32 or float64.</param>
    public LayerNorm(Shape normalized, double epsilon = 1e-5, bool affine = true, bool bias = true, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(normalized);
        if (normalized.Rank == 0)
            throw new ShapeException("LayerNorm: normalized is [], but must name the sizes of the last axes, at least one.");
        Bounds.NotNegative(epsilon, nameof(LayerNorm), nameof(epsilon));
        dtype.RequireParameter(nameof(LayerNorm));
        (_normalized, _epsilon) = (normalized, epsilon);
        Weight = affine ? new(Tensor.Ones(normalized, dtype)) : null;
        Bias = affine && bias ? new(Tensor.Zeros(normalized, dtype)) : null;
    }

    /// <summary>The factors, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>What is added, or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < _normalized.Rank || !x.Shape.Sizes[^_normalized.Rank..].SequenceEqual(_normalized.Sizes))
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but its last axes must be {_normalized}.");
        return x.LayerNorm(_normalized, Weight, Bias, _epsilon);
    }

    /// <summary>For example <c>LayerNorm([64])</c>.</summary>
    public override string ToString() => $"LayerNorm({_normalized})";
}
