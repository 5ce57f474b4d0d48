using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>e^x / Σ e^x along an axis: positive, and adding up to 1. A row of nothing but -inf gives zeros.</summary>
    public Tensor Softmax(int axis = -1) => SoftmaxOp.Default.Along(this, axis);
}

/// <summary>y = e^(x - max) / Σ e^(x - max) along the last axis;  the cotangent c becomes y(c - Σ c·y).</summary>
internal sealed record SoftmaxOp : RowOp
{
    public static readonly SoftmaxOp Default = new();

    public override Keeps Keeps => Keeps.Output;

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor y = call.Output, weighted = y * cotangent;
        return weighted - y * weighted.Sum(-1, keepDims: true);
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        // The Jacobian is symmetric: forwards as backwards.
        Tensor y = call.Output, weighted = y * tangents[0]!;
        return weighted - y * weighted.Sum(-1, keepDims: true);
    }

    protected override unsafe void Run<T>(Tensor x, Tensor y, long rows, long length)
    {
        fixed (byte* source = &x.Start, target = &y.Start)
            Reduction.Softmax((T*)source, rows, length, (T*)target);
    }
}
