using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// The eigenvalues [..., n] in ascending order and the eigenvectors [..., n, n], one a column, of the symmetric part (x + xᵀ)/2 of a
    /// matrix. By Jacobi rotations in float64; leading axes are a batch.
    /// </summary>
    /// <remarks>
    /// Of each eigenvector the first component that is at least half the largest is positive. Where eigenvalues coincide their
    /// eigenvectors have no derivative: what flows between them counts as 0, which is right for all that does not depend on their choice.
    /// What is not finite gives NaN.
    /// </remarks>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public (Tensor Values, Tensor Vectors) Eigh()
    {
        Tensor both = EighOp.Default.Apply(Matrices.RequireSquare(this, nameof(Eigh)));
        return EighOp.Parts(both);
    }

    /// <summary>The eigenvalues [..., n], in ascending order, of the symmetric part (x + xᵀ)/2 of a matrix.</summary>
    /// <inheritdoc cref="Eigh"/>
    public Tensor Eigvalsh() => EighOp.Parts(EighOp.Default.Apply(Matrices.RequireSquare(this, nameof(Eigvalsh)))).Values;
}

/// <summary>
/// y = the eigenvalues λ above the eigenvectors V of the symmetric part of x;  the cotangents become the symmetric part of
/// V·(diag cλ + F∘(Vᵀ·cV))·Vᵀ with F = 1/(λj - λi), 0 where they coincide (M. Giles 2008).
/// </summary>
internal sealed record EighOp : MatrixOp<EighOp.Body>
{
    public static readonly EighOp Default = new();

    public override Keeps Keeps => Keeps.Output;

    public override TensorSpec Infer(in Operands x) => new(Matrices.WithLast(x[0].Shape, 2, checked(x[0].Shape[^1] + 1), x[0].Shape[^1]), x[0].DType);

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        (Tensor values, Tensor vectors) = Parts(call.Output);
        (Tensor flowOfValues, Tensor flowOfVectors) = Parts(cotangent);
        Tensor inner = Matrices.FromDiagonal(flowOfValues) + Gaps(values) * vectors.T.MatMul(flowOfVectors);
        return Matrices.Symmetric(vectors.MatMul(inner).MatMul(vectors.T));
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        (Tensor values, Tensor vectors) = Parts(call.Output);
        Tensor inner = vectors.T.MatMul(Matrices.Symmetric(tangents[0]!)).MatMul(vectors);
        Tensor change = Matrices.Diagonal(inner).Unsqueeze(-2);
        return Tensor.Concat([change, vectors.MatMul(Gaps(values) * inner)], -2);
    }

    /// <summary>The eigenvalues and the eigenvectors.</summary>
    public static (Tensor Values, Tensor Vectors) Parts(Tensor both) =>
        (both.Slice(-2, 0, 1).Squeeze(-2), both.Slice(-2, 1, both.Shape[^1]));

    protected override Body Kernel(in Operands x) => new(x[0].Shape[^1]);

    private static Tensor Gaps(Tensor values) => Matrices.SafeReciprocal(values.Unsqueeze(-2) - values.Unsqueeze(-1));

    public readonly unsafe struct Body(long n) : IMatrixKernel
    {
        public long Invoke(double* a, double* b, double* y)
        {
            JacobiEigenvalues.Run(a, n, y, y + n);
            return -1;
        }
    }
}
