namespace ChainRule.Nn;

/// <summary>e^x / Σ e^x along an axis.</summary>
public sealed class Softmax : Module
{
    private readonly int _axis;

    /// <summary>Makes the layer.</summary>
    /// <param name="axis">The axis.</param>
    public Softmax(int axis = -1) => _axis = axis;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Softmax(_axis);
    }

    /// <summary>For example <c>Softmax(-1)</c>.</summary>
    public override string ToString() => $"Softmax({_axis})";
}
