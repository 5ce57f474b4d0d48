using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// The lower triangular L with a positive diagonal and L·Lᵀ = A, A being the symmetric part (x + xᵀ)/2 of this matrix; leading axes
    /// are a batch. Computed in float64.
    /// </summary>
    /// <remarks>The gradient is symmetric. What is NaN gives NaN.</remarks>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    /// <exception cref="NotPositiveDefiniteException">A leading minor is not positive; the message names it and the matrix.</exception>
    public Tensor Cholesky() => CholeskyOp.Default.Apply(Matrices.RequireSquare(this, nameof(Cholesky)));
}

/// <summary>
/// y·yᵀ = (x + xᵀ)/2;  the cotangent c becomes the symmetric part of y⁻ᵀ·Φ(yᵀ·c)·y⁻¹, where Φ takes the lower triangle with half its
/// diagonal (I. Murray 2016).
/// </summary>
internal sealed record CholeskyOp : MatrixOp<CholeskyOp.Body>
{
    public static readonly CholeskyOp Default = new();

    private static readonly TriangularSolveOp _divide = new(Upper: false, Transposed: false, UnitDiagonal: false);

    private static readonly TriangularSolveOp _divideTransposed = new(Upper: false, Transposed: true, UnitDiagonal: false);

    public override Keeps Keeps => Keeps.Output;

    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor lower = call.Output;
        Tensor half = Matrices.HalfLower(lower.T.MatMul(cotangent));
        Tensor left = _divideTransposed.Apply(lower, half);
        return Matrices.Symmetric(_divideTransposed.Apply(lower, left.T));
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor lower = call.Output;
        Tensor left = _divide.Apply(lower, Matrices.Symmetric(tangents[0]!));
        return lower.MatMul(Matrices.HalfLower(_divide.Apply(lower, left.T)));
    }

    protected override Body Kernel(in Operands x) => new(x[0].Shape[^1]);

    protected override Exception Failure(string matrix, long at) =>
        new NotPositiveDefiniteException($"{Name}: {matrix} is not positive definite: its leading minor of order {at + 1} is not positive.");

    public readonly unsafe struct Body(long n) : IMatrixKernel
    {
        public long Invoke(double* a, double* b, double* y) => Triangle.Cholesky(a, n, y);
    }
}
