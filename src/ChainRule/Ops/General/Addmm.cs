namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>beta·x + alpha·(left·right): this tensor, which broadcasts, and a product of two matrices.</summary>
    /// <remarks>With beta = 0 nothing of this tensor counts, not even NaN.</remarks>
    /// <exception cref="ShapeException">An operand is no matrix, or the sizes do not fit.</exception>
    public Tensor Addmm(Tensor left, Tensor right, double beta = 1, double alpha = 1)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Rank != 2 || right.Rank != 2)
            throw new ShapeException($"Addmm: shapes {left.Shape} and {right.Shape} are not two matrices.");
        if (left.Shape[1] != right.Shape[0])
            throw new ShapeException($"Addmm: shapes {left.Shape} and {right.Shape} do not fit: {left.Shape[1]} columns on the left meet {right.Shape[0]} rows on the right.");
        return AddTo(left.MatMul(right), beta, alpha, nameof(Addmm));
    }

    // beta·this + alpha·product, in the shape of the product.
    private Tensor AddTo(Tensor product, double beta, double alpha, string operation)
    {
        if (Shape.Broadcast(Shape, product.Shape, operation) != product.Shape)
            throw new ShapeException($"{operation}: shape {Shape} does not broadcast to the product's, {product.Shape}.");
        Tensor scaled = alpha == 1 ? product : product * alpha;
        return beta == 0 ? scaled : (beta == 1 ? this : this * beta) + scaled;
    }
}
