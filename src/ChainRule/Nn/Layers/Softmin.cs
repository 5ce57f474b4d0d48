namespace ChainRule.Nn;

/// <summary>e^(-x) / Σ e^(-x) along an axis: the smallest counts most.</summary>
public sealed class Softmin : Module
{
    private readonly int _axis;

    /// <summary>Makes the layer.</summary>
    /// <param name="axis">The axis.</param>
    public Softmin(int axis = -1) => _axis = axis;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return (-x).Softmax(x.Rank == 0 ? _axis : x.Shape.Axis(_axis, nameof(Softmin)));
    }

    /// <summary>For example <c>Softmin(-1)</c>.</summary>
    public override string ToString() => $"Softmin({_axis})";
}
