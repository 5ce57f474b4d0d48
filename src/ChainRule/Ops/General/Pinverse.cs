using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The pseudo-inverse A⁺ [..., n, m] of a matrix [..., m, n], from its singular values; leading axes are a batch.</summary>
    /// <param name="tolerance">Singular values up to this share of the largest count as 0; max(m, n)·ε of the element type if none is named.</param>
    /// <remarks>The gradient is that among matrices of the same rank. What is not finite gives NaN.</remarks>
    /// <exception cref="ShapeException">The tensor is no matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or NaN.</exception>
    public Tensor Pinverse(double? tolerance = null)
    {
        Tensor x = Matrices.Require(this, nameof(Pinverse));
        return new PinverseOp(SingularTolerance(x, tolerance, nameof(Pinverse))).Apply(x);
    }

    // What share of the largest singular value counts as 0.
    private static double SingularTolerance(Tensor x, double? tolerance, string operation)
    {
        if (tolerance is not { } given)
            return Math.Max(x.Shape[^1], x.Shape[^2]) * (x.DType == DType.Float32 ? 1.0 / (1 << 23) : 1.0 / (1L << 52));
        return Bounds.NotNegative(given, operation, nameof(tolerance));
    }
}

/// <summary>
/// y = x⁺;  dy = -y·dx·y + y·yᵀ·dxᵀ·(I - x·y) + (I - y·x)·dxᵀ·yᵀ·y (G. Golub, V. Pereyra 1973), and backwards its transpose.
/// </summary>
internal sealed record PinverseOp(double Tolerance) : MatrixOp<PinverseOp.Body>
{
    public override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    public override TensorSpec Infer(in Operands x) => new(Matrices.WithLast(x[0].Shape, 2, x[0].Shape[^1], x[0].Shape[^2]), x[0].DType);

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        (Tensor x, Tensor y) = (call.Input(0), call.Output);
        Tensor transposed = y.T, flow = cotangent.T;
        Tensor first = flow.MatMul(y).MatMul(transposed), last = transposed.MatMul(y).MatMul(flow);
        return first - x.MatMul(y.MatMul(first)) + last - last.MatMul(y).MatMul(x) - transposed.MatMul(cotangent).MatMul(transposed);
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        (Tensor x, Tensor y) = (call.Input(0), call.Output);
        Tensor change = tangents[0]!.T;
        Tensor first = y.MatMul(y.T).MatMul(change), last = change.MatMul(y.T).MatMul(y);
        return first - first.MatMul(x).MatMul(y) + last - y.MatMul(x.MatMul(last)) - y.MatMul(tangents[0]!).MatMul(y);
    }

    protected override Body Kernel(in Operands x) => new(x[0].Shape[^2], x[0].Shape[^1], Tolerance);

    public readonly unsafe struct Body(long m, long n, double tolerance) : IMatrixKernel
    {
        public long Invoke(double* a, double* b, double* y)
        {
            long k = Math.Min(m, n);
            var work = new double[checked(k * (m + n + 1))];
            fixed (double* u = work)
            {
                double* s = u + m * k, vt = s + k;
                JacobiSvd.Run(a, m, n, u, s, vt);
                for (long i = 0; i < n * m; i++)
                    y[i] = 0;
                // Not what is larger, so that NaN stays.
                for (long l = 0; l < k && !(s[l] <= tolerance * s[0]); l++)
                {
                    for (long i = 0; i < n; i++)
                    {
                        double factor = vt[l * n + i] / s[l];
                        for (long j = 0; j < m; j++)
                            y[i * m + j] += factor * u[j * k + l];
                    }
                }
            }
            return -1;
        }
    }
}
