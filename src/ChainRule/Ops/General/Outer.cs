namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The outer product y[i, j] = a[i]·b[j] of two vectors.</summary>
    /// <exception cref="ShapeException">An operand has not one axis.</exception>
    public Tensor Outer(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Rank != 1 || other.Rank != 1)
            throw new ShapeException($"Outer: shapes {Shape} and {other.Shape} are not two vectors. Use Tensordot with no axes for tensors.");
        return Unsqueeze(1) * other;
    }
}
