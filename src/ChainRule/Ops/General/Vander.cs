namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The Vandermonde matrix of a vector: the powers 0 to columns - 1 of each element along a new last axis; leading axes are a batch.</summary>
    /// <param name="columns">How many powers; as many as elements if none is named.</param>
    /// <param name="increasing">Whether the power 0 comes first, instead of last.</param>
    /// <exception cref="ShapeException">The tensor is a single number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of columns is negative.</exception>
    public Tensor Vander(int? columns = null, bool increasing = false)
    {
        if (Rank == 0)
            throw new ShapeException("Vander: a single number is no vector.");
        long count = Bounds.AtLeast(columns ?? Shape[^1], 0, nameof(Vander), nameof(columns));
        Shape result = Shape.For(nameof(Vander), [.. Shape.Sizes, count]);
        Tensor x = ElementType.Prepare(this, takesIntegers: true);
        if (count == 0)
            return Zeros(result, x.DType);
        Tensor powers = x.Unsqueeze(-1).Expand(result.With(Rank, count - 1)).Pad(-1, 1, 0, 1).CumulativeProd(-1).To(x.DType);
        return increasing ? powers : powers.Flip(-1);
    }
}
