using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// The reverse rule of the softmax's cross entropy: y = c·(p - onehot) over the last axis, p = softmax x, for logits x, one class and
/// one c for each row;  the cotangent u becomes c·p·(u - Σ u·p) for x and Σ u·p - u[class] for c.
/// </summary>
internal sealed record SoftmaxCrossEntropySlopeOp : Op
{
    public static readonly SoftmaxCrossEntropySlopeOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor logits = x[0].ToContiguous(), classes = x[1].ToContiguous();
        // A mean or a sum gives all rows the same one.
        Tensor cotangent = PlannedMemory.IsRepeated(x[2]) ? x[2] : x[2].ToContiguous();
        if (y.DType == DType.Float32)
            Run<float>(logits, classes, cotangent, y);
        else
            Run<double>(logits, classes, cotangent, y);
        GC.KeepAlive(logits);
        GC.KeepAlive(classes);
        GC.KeepAlive(cotangent);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) => operand switch
    {
        0 => OfLogits(call.Input(0), call.Input(2), cotangent),
        2 => OfCotangent(call.Input(0), call.Input(1), cotangent),
        _ => null,
    };

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor? own = tangents[2] is { } direction ? Default.Apply(call.Input(0), call.Input(1), direction) : null;
        if (tangents[0] is not { } logits) return own;
        Tensor turned = OfLogits(call.Input(0), call.Input(2), logits);
        return own is null ? turned : own + turned;
    }

    public override Tensor Batch(BatchedOperands x) => Apply(x.Spread(0), x.Spread(1), x.Spread(2));

    // The Jacobian by the logits is symmetric: the same for a cotangent and a tangent.
    private static Tensor OfLogits(Tensor logits, Tensor cotangent, Tensor direction)
    {
        Tensor share = logits.Softmax();
        return cotangent.Unsqueeze(-1) * (share * (direction - (share * direction).Sum(-1, keepDims: true)));
    }

    private static Tensor OfCotangent(Tensor logits, Tensor classes, Tensor direction)
    {
        Tensor mean = (logits.Softmax() * direction).Sum(-1, keepDims: true);
        return (mean - direction).Gather(-1, classes.Unsqueeze(-1)).Squeeze(-1);
    }

    private static unsafe void Run<T>(Tensor logits, Tensor classes, Tensor cotangent, Tensor y) where T : unmanaged
    {
        long count = y.Shape[^1];
        fixed (byte* source = &logits.Start, places = &classes.Start, weights = &cotangent.Start, target = &y.Start)
        {
            Rows.RequirePlaces((long*)places, classes.ElementCount, count, "SoftmaxCrossEntropySlope");
            CrossEntropyRows.Slope((T*)source, (long*)places, (T*)weights, PlannedMemory.IsRepeated(cotangent) ? 0 : 1, classes.ElementCount, count, (T*)target);
        }
    }
}
