namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The p-norm of a - b + ε along the last axis; the shapes broadcast.</summary>
    /// <param name="other">b.</param>
    /// <param name="p">The order of the norm: 0 counts, 1 adds, 2 is the length, infinity the largest, -infinity the smallest.</param>
    /// <param name="epsilon">What is added to each difference.</param>
    /// <param name="keepDims">Keep the last axis with size 1.</param>
    /// <remarks>The gradient is 0 at distance 0, and below p = 2 by a component that is 0.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast, or both are single numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">p is negative and finite, or NaN.</exception>
    public Tensor PairwiseDistance(Tensor other, double p = 2, double epsilon = 1e-6, bool keepDims = false)
    {
        ArgumentNullException.ThrowIfNull(other);
        RequireOrder(p, nameof(PairwiseDistance));
        Bounds.Finite(epsilon, nameof(PairwiseDistance), nameof(epsilon));
        Shape.Broadcast(Shape, other.Shape, nameof(PairwiseDistance));
        (Tensor a, Tensor b) = (this, other);
        ElementType.Meet(ref a, ref b, takesIntegers: false);
        if (a.Rank == 0 && b.Rank == 0)
            throw new ShapeException("PairwiseDistance: two single numbers are no vectors. Use (a - b).Abs().");
        Tensor difference = a - b;
        return (epsilon == 0 ? difference : difference + epsilon).Norm(p, -1, keepDims);
    }
}
