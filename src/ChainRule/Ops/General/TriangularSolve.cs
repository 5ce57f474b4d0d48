using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The solution x of A·x = b for a triangular A, this matrix, whose other triangle is not read; leading axes are a batch.</summary>
    /// <param name="right">b: one vector, or a matrix with one right-hand side a column.</param>
    /// <param name="upper">Whether A is the upper triangle of this matrix instead of the lower.</param>
    /// <param name="transposed">Solve Aᵀ·x = b instead.</param>
    /// <param name="unitDiagonal">Whether the diagonal counts as ones and is not read.</param>
    /// <exception cref="ShapeException">The matrix is not square or the sizes do not fit.</exception>
    /// <exception cref="SingularMatrixException">An element of the diagonal is 0.</exception>
    public Tensor TriangularSolve(Tensor right, bool upper = false, bool transposed = false, bool unitDiagonal = false)
    {
        ArgumentNullException.ThrowIfNull(right);
        Tensor a = Matrices.RequireSquare(this, nameof(TriangularSolve));
        if (right.Rank == 1)
            return a.TriangularSolve(right.Unsqueeze(1), upper, transposed, unitDiagonal).Squeeze(-1);
        Tensor b = Matrices.Require(right, nameof(TriangularSolve));
        if (b.Shape[^2] != a.Shape[^1])
            throw new ShapeException($"TriangularSolve: a matrix of shape {Shape} and a right-hand side of shape {right.Shape} do not fit: order {a.Shape[^1]} meets {b.Shape[^2]} rows.");
        Matrices.Meet(ref a, ref b, nameof(TriangularSolve));
        return new TriangularSolveOp(upper, transposed, unitDiagonal).Apply(a, b);
    }
}

/// <summary>y = a⁻¹·b for one triangle of a, by substitution;  the cotangent c becomes d = a⁻ᵀ·c for b and that triangle of -d·yᵀ for a.</summary>
internal sealed record TriangularSolveOp(bool Upper, bool Transposed, bool UnitDiagonal) : MatrixOp<TriangularSolveOp.Body>
{
    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    public override TensorSpec Infer(in Operands x) => x[1].Spec;

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor flow = (this with { Transposed = !Transposed }).Apply(call.Input(0), cotangent);
        if (operand == 1) return flow;
        return -Read(Transposed ? call.Output.MatMul(flow.T) : flow.MatMul(call.Output.T));
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor? change = null;
        if (tangents[0] is { } matrix)
            change = -(Transposed ? Read(matrix).T : Read(matrix)).MatMul(call.Output);
        if (tangents[1] is { } right)
            change = change is null ? right : right + change;
        return Apply(call.Input(0), change!);
    }

    protected override Body Kernel(in Operands x) => new(x[0].Shape[^1], x[1].Shape[^1], this);

    protected override Exception Failure(string matrix, long at) =>
        new SingularMatrixException($"{Name}: {matrix} is singular: element [{at}, {at}] is 0.");

    // The part of the matrix that the solution depends on.
    private Tensor Read(Tensor x)
    {
        if (UnitDiagonal)
            return Upper ? Matrices.StrictlyUpper(x) : Matrices.StrictlyLower(x);
        return Upper ? Matrices.Upper(x) : Matrices.Lower(x);
    }

    public readonly unsafe struct Body(long n, long columns, TriangularSolveOp op) : IMatrixKernel
    {
        public long Invoke(double* a, double* b, double* y) =>
            Triangle.Solve(a, n, op.Transposed ? 1 : n, op.Transposed ? n : 1, op.Upper != op.Transposed, op.UnitDiagonal, b, columns, y);
    }
}
