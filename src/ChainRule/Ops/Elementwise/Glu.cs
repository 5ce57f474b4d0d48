namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>a·σ(b), a and b being the halves of this tensor along an axis: the gated linear unit. Dauphin et al. 2016.</summary>
    /// <param name="axis">The axis that is halved.</param>
    /// <exception cref="ShapeException">The axis has an odd size.</exception>
    public Tensor Glu(int axis = -1)
    {
        int place = Shape.Axis(axis, nameof(Glu));
        long size = Shape.Sizes[place];
        if (size % 2 != 0)
            throw new ShapeException($"Glu: axis {axis} of shape {Shape} has {size} elements, which cannot be halved.");
        return Slice(place, 0, size / 2) * Slice(place, size / 2, size / 2).Sigmoid();
    }
}
