namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>All windows of <paramref name="size"/> elements along an axis, <paramref name="step"/> apart: the axis counts the windows, a new last axis the elements of each. A view.</summary>
    /// <exception cref="ShapeException">The axis is shorter than one window, or size or step is below 1.</exception>
    public Tensor SlidingWindows(int axis, long size, long step = 1)
    {
        int place = Shape.Axis(axis, nameof(SlidingWindows));
        if (size < 1 || step < 1 || size > Shape.Sizes[place])
            throw new ShapeException($"SlidingWindows: windows of size {size}, step {step} do not fit into axis {axis} of shape {Shape}.");
        Shape.For(nameof(SlidingWindows), [.. Shape.With(place, (Shape.Sizes[place] - size) / step + 1).Sizes, size]);
        return new SlidingWindowsOp(place, size, step).Apply(this);
    }
}

/// <summary>y[.., w, .., k] = x[.., Step·w + k, ..], as a view;  its transpose adds the windows where they overlap.</summary>
internal sealed record SlidingWindowsOp(int Axis, long Size, long Step) : ViewOp
{
    public override TensorSpec Infer(in Operands x)
    {
        Shape windows = x[0].Shape.With(Axis, (x[0].Shape.Sizes[Axis] - Size) / Step + 1);
        return new(Shape.Create([.. windows.Sizes, Size]), x[0].DType);
    }

    public override Tensor? TryView(Tensor x, Shape shape)
    {
        long[] strides = [.. x.Strides, x.Strides[Axis]];
        strides[Axis] *= Step;
        return x.View(shape, strides, x.Offset);
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => new SlidingWindowsOp(Axis + 1, Size, Step);

    protected override Tensor Transpose(Tensor cotangent, Call call)
    {
        long windows = cotangent.Shape.Sizes[Axis];
        Tensor places = (Tensor.Arange(0, windows, 1, DType.Int64) * Step).Unsqueeze(1) + Tensor.Arange(0, Size, 1, DType.Int64);
        Tensor elements = cotangent.MoveAxis(-1, Axis + 1).Flatten(Axis, Axis + 1); // [.., windows·size, ..]
        return new AddAtOp(Axis, call.InputSpec(0).Shape.Sizes[Axis]).Apply(elements, places.Flatten());
    }
}
