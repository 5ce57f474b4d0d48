namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The distance of each vector of this tensor [..., m, d] from each of the other [..., n, d]: [..., m, n].</summary>
    /// <param name="other">The other vectors.</param>
    /// <param name="p">The order of the norm: 0 counts, 1 adds, 2 is the length, infinity the largest, -infinity the smallest.</param>
    /// <remarks>By the differences themselves, which do not cancel. The gradient is 0 at distance 0, and below p = 2 by a component that is 0.</remarks>
    /// <exception cref="ShapeException">An operand has fewer than two axes, or the sizes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">p is negative and finite, or NaN.</exception>
    public Tensor Cdist(Tensor other, double p = 2)
    {
        ArgumentNullException.ThrowIfNull(other);
        RequireOrder(p, nameof(Cdist));
        Tensor a = Matrices.Require(this, nameof(Cdist)), b = Matrices.Require(other, nameof(Cdist));
        if (a.Shape[^1] != b.Shape[^1])
            throw new ShapeException($"Cdist: shapes {Shape} and {other.Shape} do not fit: {a.Shape[^1]} components meet {b.Shape[^1]}.");
        Shape.Broadcast(Matrices.Leading(a), Matrices.Leading(b), nameof(Cdist));
        return (a.Unsqueeze(-2) - b.Unsqueeze(-3)).Norm(p, -1);
    }
}
