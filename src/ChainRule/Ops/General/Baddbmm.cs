namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>beta·x + alpha·(left·right): this tensor, which broadcasts, and the products of the matrices of two batches.</summary>
    /// <remarks>With beta = 0 nothing of this tensor counts, not even NaN.</remarks>
    /// <exception cref="ShapeException">An operand has not three axes, or the sizes do not fit.</exception>
    public Tensor Baddbmm(Tensor left, Tensor right, double beta = 1, double alpha = 1)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        RequireBatches(left.Shape, right.Shape, nameof(Baddbmm));
        return AddTo(left.MatMul(right), beta, alpha, nameof(Baddbmm));
    }
}
