using ChainRule.Kernels;

namespace ChainRule;

/// <summary>y = logsumexp x - x[class] over the last axis, the cross entropy of the softmax with one class for each row;  the cotangent c becomes c·(softmax x - onehot).</summary>
internal sealed record SoftmaxCrossEntropyOp : Op
{
    public static readonly SoftmaxCrossEntropyOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(x[1].Shape, x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor logits = x[0].ToContiguous(), classes = x[1].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(logits, classes, y);
        else
            Run<double>(logits, classes, y);
        GC.KeepAlive(logits);
        GC.KeepAlive(classes);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) => operand == 0
        ? SoftmaxCrossEntropySlopeOp.Default.Apply(call.Input(0), call.Input(1), cotangent)
        : null;

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        if (tangents[0] is not { } logits) return null;
        Tensor mean = (call.Input(0).Softmax() * logits).Sum(-1, keepDims: true);
        return (mean - logits).Gather(-1, call.Input(1).Unsqueeze(-1)).Squeeze(-1);
    }

    public override Tensor Batch(BatchedOperands x) => Apply(x.Spread(0), x.Spread(1));

    private static unsafe void Run<T>(Tensor logits, Tensor classes, Tensor y) where T : unmanaged
    {
        long count = logits.Shape[^1];
        fixed (byte* source = &logits.Start, places = &classes.Start, target = &y.Start)
        {
            Rows.RequirePlaces((long*)places, y.ElementCount, count, "SoftmaxCrossEntropy");
            CrossEntropyRows.Forward((T*)source, (long*)places, y.ElementCount, count, (T*)target);
        }
    }
}
