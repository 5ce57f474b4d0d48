namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The products of the matrices of two batches: [batch, m, k] and [batch, k, n] give [batch, m, n]. Nothing broadcasts.</summary>
    /// <exception cref="ShapeException">An operand has not three axes, or the sizes do not fit.</exception>
    public Tensor BatchedMatMul(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Rank != 3 || other.Rank != 3 || Shape[0] != other.Shape[0])
            throw new ShapeException($"BatchedMatMul: shapes {Shape} and {other.Shape} are not two batches of as many matrices. Use MatMul to broadcast.");
        return MatMul(other);
    }
}
