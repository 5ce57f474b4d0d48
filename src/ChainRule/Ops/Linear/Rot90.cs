namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The tensor turned by k right angles, from the first named axis towards the second. A view.</summary>
    /// <param name="k">How many right angles; negative ones turn the other way.</param>
    /// <param name="axis1">The axis to turn from.</param>
    /// <param name="axis2">The axis to turn to.</param>
    /// <exception cref="ShapeException">There are fewer than two axes, or both are the same.</exception>
    public Tensor Rot90(int k = 1, int axis1 = 0, int axis2 = 1)
    {
        int from = Shape.Axis(axis1, nameof(Rot90)), to = Shape.Axis(axis2, nameof(Rot90));
        if (from == to)
            throw new ShapeException($"Rot90: the axes {axis1} and {axis2} of shape {Shape} are the same.");
        return (k & 3) switch
        {
            0 => this,
            1 => Flip(to).Transpose(from, to),
            2 => Flip([from, to]),
            _ => Transpose(from, to).Flip(to),
        };
    }
}
