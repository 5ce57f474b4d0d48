using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The cotangents of q, k and v of an <see cref="AttentionOp"/>, one behind the other along one axis: with the weights p = softmax(scale·q·kᵀ) and
/// t = c·vᵀ, those of the scores are s = p⊙t - p·Σ p⊙t, and the results scale·s·k, sᵀ·(scale·q) and pᵀ·c; the derivative is that of
/// this composition.
/// </summary>
internal sealed record AttentionSlopeOp(double Scale, bool IsCausal) : FusedOp
{
    public override TensorSpec Infer(in Operands x) =>
        new(Shape.Create([checked(x[0].ElementCount + x[1].ElementCount + x[2].ElementCount)]), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        if (y.DType == DType.Float32)
            Run<float>(x, y);
        else
            Run<double>(x, y);
    }

    /// <summary>The three results, each of its operand's shape.</summary>
    public static Tensor[] Parts(Tensor packed, Shape q, Shape k, Shape v) =>
    [
        packed.Slice(0, 0, q.ElementCount).Reshape(q),
        packed.Slice(0, q.ElementCount, k.ElementCount).Reshape(k),
        packed.Slice(0, q.ElementCount + k.ElementCount, v.ElementCount).Reshape(v),
    ];

    protected override Tensor Composed(Tensor[] x)
    {
        (Tensor q, Tensor k, Tensor v, Tensor c) = (x[0] * Scale, x[1], x[2], x[3]);
        Tensor weights = AttentionOp.Weights(q, k, IsCausal);
        Tensor weighted = weights * c.MatMul(v.T);
        Tensor scores = weighted - weights * weighted.Sum(-1, keepDims: true);
        return Tensor.Concat([(scores.MatMul(k) * Scale).Flatten(), scores.T.MatMul(q).Flatten(), weights.T.MatMul(c).Flatten()]);
    }

    private unsafe void Run<T>(in Operands x, Tensor y) where T : unmanaged
    {
        AttentionSizes sizes = AttentionOp.Sizes(x[0].Shape, x[1].Shape, x[2].Shape, Scale, IsCausal);
        fixed (byte* q = &x[0].Start, k = &x[1].Start, v = &x[2].Start, c = &x[3].Start, target = &y.Start)
        {
            T* first = (T*)target, second = first + x[0].ElementCount, third = second + x[1].ElementCount;
            Attention.Backward(sizes, AttentionOp.Matrices(x[0], q), AttentionOp.Matrices(x[1], k), AttentionOp.Matrices(x[2], v), AttentionOp.Matrices(x[3], c), first, second, third);
        }
    }
}
