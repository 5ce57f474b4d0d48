namespace ChainRule.Nn;

/// <summary>a·σ(b), a and b being the halves of the input along an axis, see <see cref="Tensor.Glu"/>.</summary>
public sealed class Glu : Module
{
    private readonly int _axis;

    /// <summary>Makes the layer.</summary>
    /// <param name="axis">The axis that is halved.</param>
    public Glu(int axis = -1) => _axis = axis;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Glu(_axis);
    }

    /// <summary>For example <c>Glu(-1)</c>.</summary>
    public override string ToString() => $"Glu({_axis})";
}
