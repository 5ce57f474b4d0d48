using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The logarithm of the softmax along an axis, without rounding to -inf, and not to 0 where a probability is nearly 1.</summary>
    public Tensor LogSoftmax(int axis = -1) => LogSoftmaxOp.Default.Along(this, axis);
}

/// <summary>y = x - logsumexp x along the last axis;  the cotangent c becomes c - Σ c softmax x.</summary>
internal sealed record LogSoftmaxOp : RowOp
{
    public static readonly LogSoftmaxOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) =>
        LogSoftmaxPullbackOp.Default.Apply(call.Input(0), cotangent);

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) =>
        tangents[0]! - (call.Output.Exp() * tangents[0]!).Sum(-1, keepDims: true);

    protected override unsafe void Run<T>(Tensor x, Tensor y, long rows, long length)
    {
        fixed (byte* source = &x.Start, target = &y.Start)
            Reduction.LogSoftmax((T*)source, rows, length, (T*)target);
    }
}
