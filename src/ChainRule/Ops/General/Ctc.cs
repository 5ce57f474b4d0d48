using ChainRule.Kernels;

namespace ChainRule;

/// <summary>
/// y = -ln Σ over all alignments of each target with its sequence of the product of their probabilities, for log-probabilities
/// [time, batch, classes], labels with blanks between [batch, states], lengths and last states [batch];  its derivative: <see cref="CtcSlopeOp"/>.
/// </summary>
internal sealed record CtcOp : Op
{
    public static readonly CtcOp Default = new();

    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(x[2].Shape, x[0].DType);

    public override void Run(in Operands x, Tensor y) => Align(x, y, isSlope: false);

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) => operand == 0 ? Slope(call) * cotangent.Unsqueeze(1) : null;

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) => tangents[0] is { } direction ? (Slope(call) * direction).Sum([0, 2]) : null;

    public override Tensor Batch(BatchedOperands x) => Apply(Merged(x)).Reshape(x.Size, -1);

    /// <summary>y = the losses [batch], or their derivatives by the log-probabilities [time, batch, classes].</summary>
    public static unsafe void Align(in Operands x, Tensor y, bool isSlope)
    {
        Shape shape = x[0].Shape;
        var sizes = new CtcSizes(shape[0], shape[1], shape[2], x[1].Shape[1]);
        double[] found = CtcAlignments.Run(sizes, Numbers(x[0]), Places(x[1]), Places(x[2]), Places(x[3]), isSlope);
        fixed (byte* target = &y.Start)
        {
            for (int i = 0; i < found.Length; i++)
            {
                if (y.DType == DType.Float32)
                    ((float*)target)[i] = (float)found[i];
                else
                    ((double*)target)[i] = found[i];
            }
        }
    }

    /// <summary>Examples of a batch as so many more sequences.</summary>
    public static Tensor[] Merged(BatchedOperands x)
    {
        Tensor probabilities = x.Spread(0).Transpose(0, 1);
        return [probabilities.Flatten(1, 2), x.Spread(1).Flatten(0, 1), x.Spread(2).Flatten(0, 1), x.Spread(3).Flatten(0, 1)];
    }

    private static Tensor Slope(Call call)
    {
        Tensor[] operands = [call.Input(0), call.Input(1), call.Input(2), call.Input(3)];
        return CtcSlopeOp.Default.Apply(operands);
    }

    private static unsafe double[] Numbers(Tensor x)
    {
        Tensor source = x.ToContiguous();
        var numbers = new double[checked((int)source.ElementCount)];
        fixed (byte* start = &source.Start)
        {
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = x.DType == DType.Float32 ? ((float*)start)[i] : ((double*)start)[i];
        }
        GC.KeepAlive(source);
        return numbers;
    }

    private static unsafe long[] Places(Tensor x)
    {
        Tensor source = x.ToContiguous();
        var places = new long[checked((int)source.ElementCount)];
        fixed (byte* start = &source.Start)
            new ReadOnlySpan<long>(start, places.Length).CopyTo(places);
        GC.KeepAlive(source);
        return places;
    }
}
