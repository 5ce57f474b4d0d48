using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>With elements added at both ends of one axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="before">How many in front.</param>
    /// <param name="after">How many behind.</param>
    /// <param name="value">What they are.</param>
    public Tensor Pad(int axis, long before, long after, double value = 0)
    {
        int place = Shape.Axis(axis, nameof(Pad));
        if (before < 0 || after < 0)
            throw new ShapeException($"Pad: {before} before and {after} after axis {axis} of shape {Shape} must not be negative. Use Slice to remove elements.");
        DType.RequireFit(value, nameof(Pad));
        if (before == 0 && after == 0) return this;
        long size = Shape.Sizes[place];
        if (before > long.MaxValue - size || after > long.MaxValue - size - before)
            throw new ShapeException($"Pad: with {before} before and {after} after, axis {axis} of shape {Shape} has more than 2^63 - 1 elements.");
        return new PadOp(place, before, before + size + after, 1, value).Apply(this);
    }
}

/// <summary>y[Start + Step·i] = x[i] along one axis of size Size, Value elsewhere;  its transpose is the slice.</summary>
internal sealed record PadOp(int Axis, long Start, long Size, long Step, double Value) : LinearOp
{
    public override TensorSpec Infer(in Operands x) => new(x[0].Shape.With(Axis, Size), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        y.FillWith(Value);
        if (x[0].ElementCount == 0) return;
        Tensor place = new SliceOp(Axis, Start, x[0].Shape.Sizes[Axis], Step).TryView(y, x[0].Shape)!;
        TensorMemory.Copy(x[0], place);
    }

    // What is added does not depend on x.
    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) => tangents[0] is { } tangent ? (this with { Value = 0 }).Apply(tangent) : null;

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => new PadOp(Axis + 1, Start, Size, Step, Value);

    protected override Tensor Transpose(Tensor cotangent, Call call) =>
        new SliceOp(Axis, Start, call.InputSpec(0).Shape.Sizes[Axis], Step).Apply(cotangent);
}
