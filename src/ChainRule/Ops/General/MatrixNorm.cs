namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>A norm of the matrices of the last two axes.</summary>
    /// <param name="kind">Which norm.</param>
    /// <param name="keepDims">Keep the two axes with size 1.</param>
    /// <remarks>
    /// The gradient of the Frobenius norm of a zero matrix is 0. Equal columns, rows or singular values that attain the norm share it. A
    /// singular value that is 0 but for rounding has gradient 0: the subgradient of least norm.
    /// </remarks>
    /// <exception cref="ShapeException">The tensor is no matrix, or an empty one where a largest or smallest is asked for.</exception>
    public Tensor MatrixNorm(MatrixNormKind kind = MatrixNormKind.Frobenius, bool keepDims = false)
    {
        Tensor x = Matrices.Require(this, nameof(MatrixNorm));
        (long rows, long columns) = (x.Shape[^2], x.Shape[^1]);
        bool hasNone = kind switch
        {
            MatrixNormKind.Spectral or MatrixNormKind.LeastSingularValue => rows == 0 || columns == 0,
            MatrixNormKind.LargestColumn or MatrixNormKind.SmallestColumn => columns == 0,
            MatrixNormKind.LargestRow or MatrixNormKind.SmallestRow => rows == 0,
            _ => false,
        };
        if (hasNone)
            throw new ShapeException($"MatrixNorm: a matrix of shape {Shape} has no {kind} to choose.");
        Tensor norm = kind switch
        {
            MatrixNormKind.Frobenius => x.Norm(2, [-2, -1]),
            MatrixNormKind.Nuclear => x.SlopingSingularValues().Sum(-1),
            MatrixNormKind.Spectral => x.SlopingSingularValues().Max(-1),
            MatrixNormKind.LeastSingularValue => x.SlopingSingularValues().Min(-1),
            MatrixNormKind.LargestColumn => x.Abs().Sum(-2).Max(-1),
            MatrixNormKind.SmallestColumn => x.Abs().Sum(-2).Min(-1),
            MatrixNormKind.LargestRow => x.Abs().Sum(-1).Max(-1),
            MatrixNormKind.SmallestRow => x.Abs().Sum(-1).Min(-1),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, $"MatrixNorm: {kind} is no {nameof(MatrixNormKind)}."),
        };
        return keepDims ? norm.Unsqueeze(-1).Unsqueeze(-1) : norm;
    }

    // The singular values; of those that are 0 but for the rounding of their computation, which is in float64, as constants: their
    // vectors are any of the null space.
    private Tensor SlopingSingularValues()
    {
        Tensor values = SingularValues();
        if (values.Shape[^1] == 0) return values;
        Tensor bare = values.Detach();
        double share = Math.Max(Shape[^2], Shape[^1]) * (Math.BitIncrement(1.0) - 1);
        return Where(bare > bare.Slice(-1, 0, 1) * share, values, bare);
    }
}
