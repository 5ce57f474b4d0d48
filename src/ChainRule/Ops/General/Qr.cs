using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// A = Q·R, reduced: Q [..., m, k] with orthonormal columns and R [..., k, n] upper triangular, k being the smaller of m and n.
    /// By Householder reflections in float64; leading axes are a batch.
    /// </summary>
    /// <remarks>The diagonal of R is not negative, so that both are unique. The gradient exists where the first k columns are independent.</remarks>
    /// <exception cref="ShapeException">The tensor is no matrix.</exception>
    public (Tensor Q, Tensor R) Qr()
    {
        Tensor x = Matrices.Require(this, nameof(Qr));
        long rows = x.Shape[^2], columns = x.Shape[^1];
        if (rows < columns)
        {
            (Tensor square, Tensor left) = x.Slice(-1, 0, rows).Qr();
            return (square, Concat([left, square.T.MatMul(x.Slice(-1, rows, columns - rows))], -1));
        }
        Tensor both = QrOp.Default.Apply(x);
        return (both.Slice(-2, 0, rows), both.Slice(-2, rows, columns));
    }
}

/// <summary>
/// y = Q above R for at least as many rows as columns;  dQ = Q·Ω + (I - Q·Qᵀ)·dA·R⁻¹ and dR = (C - Ω)·R, where C = Qᵀ·dA·R⁻¹ and Ω is the
/// skew matrix that has the lower triangle of C (S. Walter, L. Lehmann 2010).
/// </summary>
internal sealed record QrOp : MatrixOp<QrOp.Body>
{
    public static readonly QrOp Default = new();

    private static readonly TriangularSolveOp _divide = new(Upper: true, Transposed: false, UnitDiagonal: false);

    private static readonly TriangularSolveOp _divideTransposed = new(Upper: true, Transposed: true, UnitDiagonal: false);

    public override Keeps Keeps => Keeps.Output;

    public override TensorSpec Infer(in Operands x)
    {
        Shape shape = x[0].Shape;
        return new(Matrices.WithLast(shape, 2, checked(shape[^2] + shape[^1]), shape[^1]), x[0].DType);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        (Tensor q, Tensor r) = Parts(call.Output);
        (Tensor flowOfQ, Tensor flowOfR) = Parts(cotangent);
        Tensor m = r.MatMul(Matrices.Upper(flowOfR).T) - flowOfQ.T.MatMul(q);
        Tensor symmetric = Matrices.Lower(m) + Matrices.StrictlyLower(m).T;
        // (...)·R⁻ᵀ
        return _divide.Apply(r, (flowOfQ + q.MatMul(symmetric)).T).T;
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        (Tensor q, Tensor r) = Parts(call.Output);
        Tensor moved = _divideTransposed.Apply(r, tangents[0]!.T).T; // dA·R⁻¹
        Tensor inside = q.T.MatMul(moved);
        Tensor below = Matrices.StrictlyLower(inside);
        Tensor skew = below - below.T;
        return Tensor.Concat([moved + q.MatMul(skew - inside), Matrices.Upper((inside - skew).MatMul(r))], -2);
    }

    protected override Body Kernel(in Operands x) => new(x[0].Shape[^2], x[0].Shape[^1]);

    private static (Tensor Upper, Tensor Lower) Parts(Tensor both)
    {
        long columns = both.Shape[^1], rows = both.Shape[^2] - columns;
        return (both.Slice(-2, 0, rows), both.Slice(-2, rows, columns));
    }

    public readonly unsafe struct Body(long m, long n) : IMatrixKernel
    {
        public long Invoke(double* a, double* b, double* y)
        {
            HouseholderQr.Run(a, m, n, y, y + m * n);
            return -1;
        }
    }
}
