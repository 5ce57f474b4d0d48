using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// y = softmax(scale·q·kᵀ)·v over the last two axes of operands with equal leading axes, where each query sees at least one place;  its
/// derivatives: <see cref="AttentionSlopeOp"/>. Dao, Fu, Ermon, Rudra and Ré, "FlashAttention", 2022, for going by blocks of queries.
/// </summary>
internal sealed record AttentionOp(double Scale, bool IsCausal) : Op
{
    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(x[0].Shape.With(x[0].Rank - 1, x[2].Shape[^1]), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        if (y.DType == DType.Float32)
            Run<float>(x, y);
        else
            Run<double>(x, y);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) => VjpOfAll(call, cotangent)[operand];

    public override Tensor?[] VjpOfAll(Call call, Tensor cotangent)
    {
        Tensor[] operands = [call.Input(0), call.Input(1), call.Input(2), cotangent];
        return AttentionSlopeOp.Parts(new AttentionSlopeOp(Scale, IsCausal).Apply(operands), operands[0].Shape, operands[1].Shape, operands[2].Shape);
    }

    public override Tensor Batch(BatchedOperands x) => Apply(x.Spread(0), x.Spread(1), x.Spread(2));

    /// <summary>softmax(q·kᵀ) with the places that a query does not see at 0.</summary>
    public static Tensor Weights(Tensor q, Tensor k, bool isCausal)
    {
        Tensor scores = q.MatMul(k.T);
        if (!isCausal) return scores.Softmax();
        Tensor isSeen = Tensor.Arange(0, k.Shape[^2], 1, DType.Int64) <= Tensor.Arange(0, q.Shape[^2], 1, DType.Int64).Unsqueeze(1);
        return Tensor.Where(isSeen, scores, double.NegativeInfinity).Softmax();
    }

    /// <summary>The sizes for operands of these shapes.</summary>
    public static AttentionSizes Sizes(Shape q, Shape k, Shape v, double scale, bool isCausal) =>
        new(Shape.Create(q.Sizes[..^2]).ElementCount, q[^2], k[^2], q[^1], v[^1], scale, isCausal);

    /// <summary>Where the matrices of an operand lie.</summary>
    public static unsafe AttentionOperand Matrices(Tensor x, byte* start)
    {
        long[] strides = x.Strides, offsets = new long[Shape.Create(x.Shape.Sizes[..^2]).ElementCount];
        for (long member = 0; member < offsets.Length; member++)
        {
            long place = member;
            for (int axis = x.Rank - 3; axis >= 0; axis--)
            {
                offsets[member] += place % x.Shape.Sizes[axis] * strides[axis];
                place /= x.Shape.Sizes[axis];
            }
        }
        return new(start, offsets, strides[^2], strides[^1]);
    }

    private unsafe void Run<T>(in Operands x, Tensor y) where T : unmanaged
    {
        fixed (byte* q = &x[0].Start, k = &x[1].Start, v = &x[2].Start, target = &y.Start)
            Attention.Forward(Sizes(x[0].Shape, x[1].Shape, x[2].Shape, Scale, IsCausal), Matrices(x[0], q), Matrices(x[1], k), Matrices(x[2], v), (T*)target);
    }
}
