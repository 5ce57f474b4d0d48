namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// The x for which A·x - b is shortest, A being this matrix [..., m, n] of full rank; of several the shortest x. By A = Q·R, or Aᵀ = Q·R
    /// where there are fewer rows than columns.
    /// </summary>
    /// <param name="right">b: one vector, or a matrix with one right-hand side a column.</param>
    /// <remarks>For a matrix that is not of full rank use <c>Pinverse().MatMul(b)</c>.</remarks>
    /// <exception cref="ShapeException">The sizes do not fit.</exception>
    /// <exception cref="SingularMatrixException">R has a zero on its diagonal.</exception>
    public Tensor LeastSquares(Tensor right)
    {
        ArgumentNullException.ThrowIfNull(right);
        Tensor a = Matrices.Require(this, nameof(LeastSquares));
        if (right.Rank == 1)
            return a.LeastSquares(right.Unsqueeze(1)).Squeeze(-1);
        Tensor b = Matrices.Require(right, nameof(LeastSquares));
        if (a.Shape[^2] != b.Shape[^2])
            throw new ShapeException($"LeastSquares: a matrix of shape {Shape} and a right-hand side of shape {right.Shape} do not fit: {a.Shape[^2]} rows meet {b.Shape[^2]}.");
        Matrices.Meet(ref a, ref b, nameof(LeastSquares));
        try
        {
            return Solved(a, b);
        }
        catch (SingularMatrixException found)
        {
            throw new SingularMatrixException($"LeastSquares: a matrix of shape {Shape} does not have full rank: its columns, or rows if these are fewer, depend on each other. Use Pinverse().MatMul(right).", found);
        }
    }

    private static Tensor Solved(Tensor a, Tensor b)
    {
        if (a.Shape[^2] >= a.Shape[^1])
        {
            (Tensor q, Tensor r) = a.Qr();
            return r.TriangularSolve(q.T.MatMul(b), upper: true);
        }
        (Tensor columns, Tensor factor) = a.T.Qr();
        return columns.MatMul(factor.TriangularSolve(b, upper: true, transposed: true));
    }
}
