using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The determinant of a square matrix, 1 of an empty one; leading axes are a batch. Computed in float64.</summary>
    /// <remarks>The gradient is the matrix of cofactors, right for singular matrices too. <see cref="SlogDet"/> neither overflows nor underflows.</remarks>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public Tensor Det() => DetOp.Default.Apply(Matrices.RequireSquare(this, nameof(Det)));
}

/// <summary>y = det x, the product of the pivots;  dy/dx = the cofactors of x (Jacobi's formula).</summary>
internal sealed record DetOp : MatrixOp<DetOp.Body>
{
    public static readonly DetOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(Matrices.Leading(x[0]), x[0].DType);

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) =>
        cotangent.Unsqueeze(-1).Unsqueeze(-1) * CofactorOp.Default.Apply(call.Input(0));

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) =>
        (CofactorOp.Default.Apply(call.Input(0)) * tangents[0]!).Sum([-2, -1]);

    protected override Body Kernel(in Operands x) => new(x[0].Shape[^1]);

    public readonly unsafe struct Body(long n) : IMatrixKernel
    {
        public long Invoke(double* a, double* b, double* y)
        {
            var work = new double[checked(n * n)];
            var order = new long[n];
            fixed (double* factors = work)
            fixed (long* rows = order)
            {
                new ReadOnlySpan<double>(a, work.Length).CopyTo(work);
                Lu.Factor(factors, n, rows, out double sign);
                *y = Lu.Determinant(factors, n, sign);
                return -1;
            }
        }
    }
}
