using System.Runtime.CompilerServices;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The same elements in row-major order under another shape; one size may be -1 and is worked out. Shares memory where it can.</summary>
    /// <exception cref="ShapeException">The numbers of elements differ.</exception>
    [OverloadResolutionPriority(1)]
    public Tensor Reshape(params ReadOnlySpan<long> sizes) => Reshape(ReshapeOp.Complete(Shape, sizes));

    /// <summary>All elements along one axis.</summary>
    public Tensor Flatten() => Reshape([ElementCount]);

    /// <summary>The axes from <paramref name="start"/> to <paramref name="end"/>, both included, as one.</summary>
    public Tensor Flatten(int start, int end = -1)
    {
        (start, end) = (Shape.Axis(start, nameof(Flatten)), Shape.Axis(end, nameof(Flatten)));
        if (start > end)
            throw new ShapeException($"Flatten: axis {start} comes after axis {end} in shape {Shape}.");
        long product = Shape.Create(Shape.Sizes[start..(end + 1)]).ElementCount;
        return Reshape(Shape.Create([.. Shape.Sizes[..start], product, .. Shape.Sizes[(end + 1)..]]));
    }

    /// <summary>Without its axes of size 1, or without the one named.</summary>
    public Tensor Squeeze(int? axis = null)
    {
        if (axis is not { } given)
            return Reshape(Shape.Create([.. Shape.Where(size => size != 1)]));
        int place = Shape.Axis(given, nameof(Squeeze));
        if (Shape[place] != 1)
            throw new ShapeException($"Squeeze: axis {given} of shape {Shape} has size {Shape[place]}, not 1.");
        return Reshape(Shape.Create([.. Shape.Sizes[..place], .. Shape.Sizes[(place + 1)..]]));
    }

    /// <summary>With a new axis of size 1 at <paramref name="axis"/>; -1 adds it at the end.</summary>
    public Tensor Unsqueeze(int axis)
    {
        int place = axis < 0 ? axis + Rank + 1 : axis;
        if ((uint)place > (uint)Rank)
            throw new ShapeException($"Unsqueeze: axis {axis} is out of range for shape {Shape}; it must be between {-Rank - 1} and {Rank}.");
        return Reshape(Shape.Create([.. Shape.Sizes[..place], 1, .. Shape.Sizes[place..]]));
    }

    /// <summary>The same elements in row-major order under another shape. Shares memory where it can.</summary>
    /// <exception cref="ShapeException">The numbers of elements differ.</exception>
    public Tensor Reshape(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape == Shape) return this;
        if (shape.ElementCount != ElementCount)
            throw new ShapeException($"Reshape: shape {Shape} has {ElementCount} elements, but {shape} has {shape.ElementCount}.");
        return new ReshapeOp(shape).Apply(this);
    }
}

/// <summary>y has the elements of x in row-major order under another shape;  its transpose is the reshape back.</summary>
internal sealed record ReshapeOp(Shape Target) : LinearOp
{
    public override TensorSpec Infer(in Operands x) => new(Target, x[0].DType);

    public override Tensor? TryView(Tensor x, Shape shape)
    {
        if (x.IsContiguous)
            return x.View(Target, Target.Strides, x.Offset);
        return StridesOver(x.Shape.Sizes, x.Strides) is { } strides ? x.View(Target, strides, x.Offset) : null;
    }

    public override void Run(in Operands x, Tensor y) => TensorMemory.Copy(x[0], y.View(x[0].Shape, x[0].Shape.Strides, 0));

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => new ReshapeOp([size, .. Target]);

    protected override Tensor Transpose(Tensor cotangent, Call call) => cotangent.Reshape(call.InputSpec(0).Shape);

    // Axes that lie evenly behind each other in memory form one run; a view exists if the new axes divide every run.
    private long[]? StridesOver(ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides)
    {
        var result = new long[Target.Rank];
        int axis = Target.Rank - 1;
        long run = 1, filled = 1, step = 0;
        bool isOpen = false;
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            if (sizes[i] == 1) continue;
            if (isOpen && strides[i] != run * step)
            {
                if (!Fill(result, ref axis, run, ref filled, step)) return null;
                (run, filled, isOpen) = (1, 1, false);
            }
            if (!isOpen) (step, isOpen) = (strides[i], true);
            run *= sizes[i];
        }
        return Fill(result, ref axis, run, ref filled, step) ? result : null;
    }

    // Gives new axes, from the last on, to one run; false if they do not add up to it.
    private bool Fill(long[] result, ref int axis, long run, ref long filled, long step)
    {
        while (axis >= 0 && (filled < run || Target.Sizes[axis] == 1))
        {
            result[axis] = filled * step;
            filled *= Target.Sizes[axis--];
        }
        return filled == run;
    }

    /// <summary>Works out a size given as -1.</summary>
    public static Shape Complete(Shape from, ReadOnlySpan<long> sizes)
    {
        long[] complete = sizes.ToArray();
        int unknown = Array.IndexOf(complete, -1);
        if (Array.Exists(complete, static size => size < -1) || unknown != Array.LastIndexOf(complete, -1))
            throw new ShapeException($"Reshape: of the sizes [{string.Join(", ", sizes.ToArray())}] for shape {from} one may be -1, the others must not be negative.");
        if (unknown >= 0)
        {
            complete[unknown] = 1;
            long rest = Shape.Create(complete).ElementCount;
            if (rest == 0 || from.ElementCount % rest != 0)
                throw new ShapeException($"Reshape: the size -1 in [{string.Join(", ", sizes.ToArray())}] cannot be worked out for shape {from} with {from.ElementCount} elements.");
            complete[unknown] = from.ElementCount / rest;
        }
        return Shape.Create(complete);
    }
}
