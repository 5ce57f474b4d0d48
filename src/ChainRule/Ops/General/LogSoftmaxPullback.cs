using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The reverse rule of the log-softmax: y = b - e^a Σ b along the last axis, for the logarithms a of probabilities and cotangents b,
/// computed as -b(e^a - 1) - e^a (Σ b - b);  the cotangent c becomes -c e^a Σ b for a and c - Σ c·e^a for b.
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
        Tensor logarithms = x[0].ToContiguous(), cotangent = x[1].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(logarithms, cotangent, y);
        else
            Run<double>(logarithms, cotangent, y);
        GC.KeepAlive(logarithms);
        GC.KeepAlive(cotangent);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor share = call.Input(0).Exp();
        return operand == 0
            ? -(share * call.Input(1).Sum(-1, keepDims: true) * cotangent)
            : cotangent - (share * cotangent).Sum(-1, keepDims: true);
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor share = call.Input(0).Exp();
        Tensor? sum = tangents[0] is { } logarithm ? -(share * logarithm * call.Input(1).Sum(-1, keepDims: true)) : null;
        if (tangents[1] is not { } direction) return sum;
        Tensor own = Default.Apply(call.Input(0), direction);
        return sum is null ? own : sum + own;
    }

    public override Tensor Batch(BatchedOperands x) => Apply(x.Spread(0), x.Spread(1));

    private static unsafe void Run<T>(Tensor logarithms, Tensor cotangent, Tensor y) where T : unmanaged
    {
        long length = y.Shape[^1];
        fixed (byte* a = &logarithms.Start, b = &cotangent.Start, target = &y.Start)
            Reduction.LogSoftmaxPullback((T*)a, (T*)b, y.ElementCount / length, length, (T*)target);
    }
}
