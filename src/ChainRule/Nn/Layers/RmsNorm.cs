namespace ChainRule.Nn;

/// <summary>Each example's last axes with mean square 1, see <see cref="Tensor.RmsNorm"/>.</summary>
public sealed class RmsNorm : Module
{
    private readonly Shape _normalized;
    private readonly double? _epsilon;

    /// <summary>Makes a layer with weights 1 and biases 0.</summary>
    /// <param name="normalized">The sizes of the last axes.</param>
    /// <param name="epsilon">Added to the mean square; the distance from 1 to the next number if not given.</param>
    /// <param name="affine">Whether there is a weight for each element.</param>
    /// <param name="dtype">float32 or float64.</param>
    public RmsNorm(Shape normalized, double? epsilon = null, bool affine = true, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(normalized);
        if (normalized.Rank == 0)
            throw new ShapeException("RmsNorm: normalized is [], but must name the sizes of the last axes, at least one.");
        Bounds.NotNegative(epsilon ?? 0, nameof(RmsNorm), nameof(epsilon));
        dtype.RequireParameter(nameof(RmsNorm));
        (_normalized, _epsilon) = (normalized, epsilon);
        Weight = affine ? new(Tensor.Ones(normalized, dtype)) : null;
    }

    /// <summary>The factors, or null.</summary>
    public Parameter? Weight { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < _normalized.Rank || !x.Shape.Sizes[^_normalized.Rank..].SequenceEqual(_normalized.Sizes))
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but its last axes must be {_normalized}.");
        return x.RmsNorm(_normalized, Weight, _epsilon);
    }

    /// <summary>For example <c>RmsNorm([64])</c>.</summary>
    public override string ToString() => $"RmsNorm({_normalized})";
}
