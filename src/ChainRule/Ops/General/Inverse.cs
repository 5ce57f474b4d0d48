using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The inverse of a square matrix; further axes in front are a batch. Computed in float64.</summary>
    /// <remarks>To solve a system, <see cref="Solve"/> is faster and more accurate. What is not finite gives NaN.</remarks>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    /// <exception cref="SingularMatrixException">A matrix has no inverse; the message names it.</exception>
    public Tensor Inverse() => InverseOp.Default.Apply(Matrices.RequireSquare(this, nameof(Inverse)));
}

/// <summary>y = x⁻¹ by the factors of x;  the cotangent c becomes -yᵀ·c·yᵀ.</summary>
internal sealed record InverseOp : MatrixOp<InverseOp.Body>
{
    public static readonly InverseOp Default = new();

    public override Keeps Keeps => Keeps.Output;

    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor transposed = call.Output.T;
        return -transposed.MatMul(cotangent).MatMul(transposed);
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) => -call.Output.MatMul(tangents[0]!).MatMul(call.Output);

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
                long singular = Lu.Factor(factors, n, rows, out _);
                if (singular < 0)
                    Lu.Invert(factors, n, rows, y);
                return singular;
            }
        }
    }
}
