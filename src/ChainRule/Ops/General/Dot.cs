namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The inner product Σ a·b of two vectors.</summary>
    /// <exception cref="ShapeException">An operand has not one axis, or the sizes differ.</exception>
    public Tensor Dot(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Rank != 1 || other.Rank != 1 || Shape != other.Shape)
            throw new ShapeException($"Dot: shapes {Shape} and {other.Shape} are not two vectors of one size. Use MatMul for matrices.");
        return (this * other).Sum();
    }
}
