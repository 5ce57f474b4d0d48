namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>How many singular values of a matrix are more than a share of the largest; int64, one number for each place of the leading axes.</summary>
    /// <param name="tolerance">That share; max(m, n)·ε of the element type if none is named.</param>
    /// <exception cref="ShapeException">The tensor is no matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or NaN.</exception>
    public Tensor MatrixRank(double? tolerance = null)
    {
        Tensor x = Matrices.Require(this, nameof(MatrixRank));
        double share = SingularTolerance(x, tolerance, nameof(MatrixRank));
        Tensor values = x.Detach().SingularValues();
        Tensor largest = values.Shape[^1] == 0 ? values : values.Slice(-1, 0, 1);
        return (values > largest * share).To(DType.Int64).Sum(-1);
    }
}
