using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The reverse rule of the log-softmax: y = b - p Σ b along the last axis, p = softmax a, for logits a and cotangents b,
/// computed as b(1 - p) - p(Σ b - b);  the cotangent c becomes -p(c - Σ c·p) Σ b for a and c - Σ c·p for b.
/// The cotangent of a class that is nearly certain is small but not 0, like its loss.
/// </summary>
internal sealed record LogSoftmaxPullbackOp : Op
{
    public static readonly LogSoftmaxPullbackOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor logits = x[0].ToContiguous(), cotangent = x[1].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(logits, cotangent, y);
        else
            Run<double>(logits, cotangent, y);
        GC.KeepAlive(logits);
        GC.KeepAlive(cotangent);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor share = call.Input(0).Softmax(), centred = cotangent - (share * cotangent).Sum(-1, keepDims: true);
        return operand == 0 ? -(share * centred * call.Input(1).Sum(-1, keepDims: true)) : centred;
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor? own = tangents[1] is { } direction ? Default.Apply(call.Input(0), direction) : null;
        if (tangents[0] is not { } logits) return own;
        Tensor share = call.Input(0).Softmax(), centred = logits - (share * logits).Sum(-1, keepDims: true);
        Tensor turned = share * centred * call.Input(1).Sum(-1, keepDims: true);
        return own is null ? -turned : own - turned;
    }

    public override Tensor Batch(BatchedOperands x) => Apply(x.Spread(0), x.Spread(1));

    private static unsafe void Run<T>(Tensor logits, Tensor cotangent, Tensor y) where T : unmanaged
    {
        long length = y.Shape[^1];
        fixed (byte* a = &logits.Start, b = &cotangent.Start, target = &y.Start)
            Reduction.LogSoftmaxPullback((T*)a, (T*)b, y.ElementCount / length, length, (T*)target);
    }
}
