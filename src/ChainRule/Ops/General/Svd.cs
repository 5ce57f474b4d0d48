using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// A = U·diag(S)·Vh, reduced: U [..., m, k] and Vhᵀ with orthonormal columns, the singular values S [..., k] in descending order, k being
    /// the smaller of m and n. By one-sided Jacobi rotations in float64; leading axes are a batch.
    /// </summary>
    /// <remarks>
    /// Of each column of U the first component that is at least half the largest is positive. Where singular values coincide or are 0,
    /// their vectors have no derivative: what flows between them counts as 0, which is right for all that does not depend on their
    /// choice. What is not finite gives NaN.
    /// </remarks>
    /// <exception cref="ShapeException">The tensor is no matrix.</exception>
    public (Tensor U, Tensor S, Tensor Vh) Svd()
    {
        Tensor x = Matrices.Require(this, nameof(Svd));
        return SvdOp.Parts(SvdOp.Default.Apply(x), x.Shape);
    }

    /// <summary>The singular values [..., k], in descending order.</summary>
    /// <inheritdoc cref="Svd"/>
    public Tensor SingularValues()
    {
        Tensor x = Matrices.Require(this, nameof(SingularValues));
        return SvdOp.Parts(SvdOp.Default.Apply(x), x.Shape).S;
    }
}

/// <summary>
/// y = the elements of U, s and Vᵀ in a row;  the cotangents become U·(diag cs + (skew(Uᵀ·cU)∘F)·s + s·(skew(Vᵀ·cV)∘F))·Vᵀ and what lies
/// outside of both spaces, with F = 1/(sj² - si²), 0 where they coincide, and skew X = X - Xᵀ (J. Townsend 2016).
/// </summary>
internal sealed record SvdOp : MatrixOp<SvdOp.Body>
{
    public static readonly SvdOp Default = new();

    public override Keeps Keeps => Keeps.Output;

    public override TensorSpec Infer(in Operands x)
    {
        Shape shape = x[0].Shape;
        long k = Math.Min(shape[^1], shape[^2]);
        return new(Matrices.WithLast(shape, 2, checked(k * (shape[^2] + shape[^1] + 1))), x[0].DType);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Shape shape = call.InputSpec(0).Shape;
        (Tensor u, Tensor s, Tensor vh) = Parts(call.Output, shape);
        (Tensor flowOfU, Tensor flowOfS, Tensor flowOfVh) = Parts(cotangent, shape);
        Tensor across = s.Unsqueeze(-2), down = s.Unsqueeze(-1);
        // The difference of the squares as a product, which does not cancel.
        Tensor gaps = Matrices.SafeReciprocal((across - down) * (across + down));
        Tensor left = u.T.MatMul(flowOfU), right = vh.MatMul(flowOfVh.T);
        Tensor inner = Matrices.FromDiagonal(flowOfS) + (left - left.T) * gaps * across + down * ((right - right.T) * gaps);
        Tensor flow = u.MatMul(inner).MatMul(vh);
        Tensor inverse = Matrices.SafeReciprocal(s);
        if (shape[^2] > shape[^1])
            flow += ((flowOfU - u.MatMul(left)) * inverse.Unsqueeze(-2)).MatMul(vh);
        if (shape[^1] > shape[^2])
            flow += u.MatMul(inverse.Unsqueeze(-1) * (flowOfVh - right.T.MatMul(vh)));
        return flow;
    }

    /// <summary>U, s and Vᵀ of a matrix of that shape.</summary>
    public static (Tensor U, Tensor S, Tensor Vh) Parts(Tensor all, Shape shape)
    {
        long m = shape[^2], n = shape[^1], k = Math.Min(m, n);
        return (
            all.Slice(-1, 0, m * k).Reshape(Matrices.WithLast(shape, 2, m, k)),
            all.Slice(-1, m * k, k),
            all.Slice(-1, m * k + k, k * n).Reshape(Matrices.WithLast(shape, 2, k, n)));
    }

    protected override Body Kernel(in Operands x) => new(x[0].Shape[^2], x[0].Shape[^1]);

    public readonly unsafe struct Body(long m, long n) : IMatrixKernel
    {
        public long Invoke(double* a, double* b, double* y)
        {
            long k = Math.Min(m, n);
            JacobiSvd.Run(a, m, n, y, y + m * k, y + m * k + k);
            return -1;
        }
    }
}
