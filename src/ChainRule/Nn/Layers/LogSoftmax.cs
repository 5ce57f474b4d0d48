namespace ChainRule.Nn;

/// <summary>The logarithm of the softmax along an axis.</summary>
public sealed class LogSoftmax : Module
{
    private readonly int _axis;

    /// <summary>Makes the layer.</summary>
    /// <param name="axis">The axis.</param>
    public LogSoftmax(int axis = -1) => _axis = axis;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.LogSoftmax(_axis);
    }

    /// <summary>For example <c>LogSoftmax(-1)</c>.</summary>
    public override string ToString() => $"LogSoftmax({_axis})";
}
