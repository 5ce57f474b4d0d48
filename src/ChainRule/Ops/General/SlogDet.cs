using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The sign of the determinant and the logarithm of its size, which neither overflow nor underflow; leading axes are a batch.</summary>
    /// <remarks>A singular matrix gives 0 and -inf, and its gradient a <see cref="SingularMatrixException"/>. No gradient passes the sign.</remarks>
    /// <exception cref="ShapeException">The matrix is not square.</exception>
    public (Tensor Sign, Tensor LogAbsDet) SlogDet()
    {
        Tensor both = SlogDetOp.Default.Apply(Matrices.RequireSquare(this, nameof(SlogDet)));
        return (both.Slice(-1, 0, 1).Squeeze(-1).Detach(), both.Slice(-1, 1, 1).Squeeze(-1));
    }
}

/// <summary>y = (sign det x, ln |det x|) along a last axis;  the cotangent c of the logarithm becomes c·x⁻ᵀ.</summary>
internal sealed record SlogDetOp : MatrixOp<SlogDetOp.Body>
{
    public static readonly SlogDetOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(Matrices.WithLast(x[0].Shape, 2, 2), x[0].DType);

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) =>
        cotangent.Slice(-1, 1, 1).Unsqueeze(-1) * InverseOp.Default.Apply(call.Input(0)).T;

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor change = Matrices.Inner(InverseOp.Default.Apply(call.Input(0)).T, tangents[0]!).Squeeze(-1);
        return change.Pad(-1, 1, 0);
    }

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
                Lu.Factor(factors, n, rows, out y[0]);
                y[1] = 0;
                for (long i = 0; i < n; i++)
                {
                    double pivot = factors[i * n + i];
                    y[0] = pivot == 0 ? 0 : pivot < 0 ? 0 - y[0] : pivot > 0 ? y[0] : double.NaN;
                    y[1] += Log(Math.Abs(pivot));
                }
                return -1;
            }
        }

        private static double Log(double x) => Double1.Log(Double1.Constant(x)).Value;
    }
}
