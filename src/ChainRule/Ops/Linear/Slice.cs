namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// <paramref name="length"/> elements along one axis from <paramref name="start"/> on, <paramref name="step"/> apart. A view.
    /// </summary>
    /// <exception cref="ShapeException">The elements are not all inside the axis.</exception>
    public Tensor Slice(int axis, long start, long length, long step = 1)
    {
        int place = Shape.Axis(axis, nameof(Slice));
        long size = Shape.Sizes[place];
        if (start < 0 || length < 0 || step < 1 || start > size || (length > 0 && (length - 1) > (size - 1 - start) / step))
            throw new ShapeException($"Slice: start {start}, length {length}, step {step} do not lie inside axis {axis} of shape {Shape}.");
        return start == 0 && length == size ? this : new SliceOp(place, start, length, step).Apply(this);
    }
}

/// <summary>y[i] = x[Start + Step·i] along one axis, as a view;  its transpose puts the cotangent into zeros.</summary>
internal sealed record SliceOp(int Axis, long Start, long Length, long Step) : ViewOp
{
    public override TensorSpec Infer(in Operands x) => new(x[0].Shape.With(Axis, Length), x[0].DType);

    public override Tensor? TryView(Tensor x, Shape shape)
    {
        long[] strides = [.. x.Strides];
        long offset = x.Offset + (Length == 0 ? 0 : Start * strides[Axis]);
        strides[Axis] *= Step;
        return x.View(shape, strides, offset);
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => new SliceOp(Axis + 1, Start, Length, Step);

    protected override Tensor Transpose(Tensor cotangent, Call call) =>
        new PadOp(Axis, Start, call.InputSpec(0).Shape.Sizes[Axis], Step, 0).Apply(cotangent);
}
