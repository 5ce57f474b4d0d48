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

    public override void Run(in Operands x, Tensor y) => TensorMemory.Copy(Aligned(x, isSlope: false), y);

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent) => operand == 0 ? Slope(call) * cotangent.Unsqueeze(1) : null;

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) => tangents[0] is { } direction ? (Slope(call) * direction).Sum([0, 2]) : null;

    public override Tensor Batch(BatchedOperands x) => Apply(Merged(x)).Reshape(x.Size, -1);

    /// <summary>The losses [batch], or their derivatives by the log-probabilities [time, batch, classes].</summary>
    public static Tensor Aligned(in Operands x, bool isSlope)
    {
        Shape shape = x[0].Shape;
        var sizes = new CtcSizes(shape[0], shape[1], shape[2], x[1].Shape[1]);
        double[] found = CtcAlignments.Run(sizes, x[0].ToArray<double>(), x[1].ToArray<long>(), x[2].ToArray<long>(), x[3].ToArray<long>(), isSlope);
        return Tensor.From(found, isSlope ? shape : x[2].Shape).To(x[0].DType);
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
}
