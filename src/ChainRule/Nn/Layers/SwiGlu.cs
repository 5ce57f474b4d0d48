namespace ChainRule.Nn;

/// <summary>silu(a)·b, a and b being the halves of the input along an axis: a gated linear unit with a smooth gate.</summary>
/// <remarks>Shazeer, "GLU variants improve Transformer", 2020: the halves are one linear layer's outputs, the gate first.</remarks>
public sealed class SwiGlu : Module
{
    private readonly int _axis;

    /// <summary>Makes the layer.</summary>
    /// <param name="axis">The axis that is halved.</param>
    public SwiGlu(int axis = -1) => _axis = axis;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The axis has an odd size.</exception>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int place = x.Shape.Axis(_axis, nameof(SwiGlu));
        long half = x.Shape[place] / 2;
        if (x.Shape[place] != 2 * half)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but axis {_axis} must have an even size to be halved.");
        return x.Slice(place, 0, half).Silu() * x.Slice(place, half, half);
    }

    /// <summary>For example <c>SwiGlu(-1)</c>.</summary>
    public override string ToString() => $"SwiGlu({_axis})";
}
