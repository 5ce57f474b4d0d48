namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The products of the matrices of two batches: [batch, m, k] and [batch, k, n] give [batch, m, n]. Nothing broadcasts.</summary>
    /// <exception cref="ShapeException">An operand has not three axes, or the sizes do not fit.</exception>
    public Tensor BatchedMatMul(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        RequireBatches(Shape, other.Shape, nameof(BatchedMatMul));
        return MatMul(other);
    }

    private static void RequireBatches(Shape left, Shape right, string operation)
    {
        if (left.Rank != 3 || right.Rank != 3 || left[0] != right[0])
            throw new ShapeException($"{operation}: shapes {left} and {right} are not two batches of as many matrices. Use MatMul to broadcast.");
        if (left[2] != right[1])
            throw new ShapeException($"{operation}: shapes {left} and {right} do not fit: {left[2]} columns on the left meet {right[1]} rows on the right.");
    }
}
