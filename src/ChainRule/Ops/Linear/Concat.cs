namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The tensors one behind the other along an axis; their other sizes must be equal.</summary>
    public static Tensor Concat(ReadOnlySpan<Tensor> tensors, int axis = 0)
    {
        RequireTensors(tensors, nameof(Concat));
        Tensor[] parts = tensors.ToArray();
        DType dtype = parts[0].DType;
        foreach (Tensor part in parts)
            dtype = dtype.Promote(part.DType);
        for (int i = 0; i < parts.Length; i++)
            parts[i] = parts[i].To(dtype);
        return new ConcatOp(parts[0].Shape.Axis(axis, nameof(Concat))).Apply(parts);
    }

    /// <summary>The tensors, all of one shape, along a new axis.</summary>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int axis = 0)
    {
        RequireTensors(tensors, nameof(Stack));
        if (axis < -tensors[0].Rank - 1 || axis > tensors[0].Rank)
            throw new ShapeException($"Stack: axis {axis} is out of range for tensors of shape {tensors[0].Shape}; it must be between {-tensors[0].Rank - 1} and {tensors[0].Rank}.");
        var parts = new Tensor[tensors.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (tensors[i].Shape != tensors[0].Shape)
                throw new ShapeException($"Stack: tensor {i} has shape {tensors[i].Shape}, but the first has {tensors[0].Shape}; they must be equal.");
            parts[i] = tensors[i].Unsqueeze(axis);
        }
        return Concat(parts, axis);
    }

    /// <summary>Cuts an axis into parts of these sizes, which must add up to its size. Views.</summary>
    public Tensor[] Split(ReadOnlySpan<long> sizes, int axis = 0)
    {
        int place = Shape.Axis(axis, nameof(Split));
        long left = Shape.Sizes[place];
        foreach (long size in sizes)
        {
            // Stops at the first part that does not fit, so that no sum can overflow.
            left = size < 0 || size > left ? -1 : left - size;
            if (left < 0) break;
        }
        if (left != 0)
            throw new ShapeException($"Split: the sizes [{string.Join(", ", sizes.ToArray())}] must not be negative and must add up to {Shape.Sizes[place]}, the size of axis {axis} of shape {Shape}.");
        var parts = new Tensor[sizes.Length];
        long start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Slice(place, start, sizes[i]);
            start += sizes[i];
        }
        return parts;
    }

    /// <summary>Cuts an axis into parts of one size; the last may be smaller. Views.</summary>
    public Tensor[] Split(long size, int axis = 0)
    {
        if (size < 1)
            throw new ShapeException($"Split: a part must have at least one element, not {size}.");
        long total = Shape.Sizes[Shape.Axis(axis, nameof(Split))];
        var sizes = new long[total / size + (total % size == 0 ? 0 : 1)];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Min(size, total - i * size);
        return Split(sizes, axis);
    }

    private static void RequireTensors(ReadOnlySpan<Tensor> tensors, string operation)
    {
        if (tensors.Length == 0)
            throw new ShapeException($"{operation}: no tensors were given.");
        for (int i = 0; i < tensors.Length; i++)
        {
            if (tensors[i] is null)
                throw new ArgumentNullException(nameof(tensors), $"{operation}: tensor {i} is null.");
        }
    }
}

/// <summary>y is its operands one behind the other along an axis;  each cotangent is the slice that it filled.</summary>
internal sealed record ConcatOp(int Axis) : Op
{
    public override TensorSpec Infer(in Operands x)
    {
        long total = 0;
        for (int i = 0; i < x.Count; i++)
        {
            if (x[i].Rank != x[0].Rank || x[i].Shape.With(Axis, 0) != x[0].Shape.With(Axis, 0))
                throw new ShapeException($"Concat: tensor {i} has shape {x[i].Shape}, but the first has {x[0].Shape}; all sizes but that of axis {Axis} must be equal.");
            long size = x[i].Shape.Sizes[Axis];
            if (size > long.MaxValue - total)
                throw new ShapeException($"Concat: axis {Axis} of the result has more than 2^63 - 1 elements.");
            total += size;
        }
        return new(x[0].Shape.With(Axis, total), x[0].DType);
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        var parts = new Tensor[tangents.Length];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = tangents[i] ?? Tensor.ConstantLike(0, call.Input(i));
        return Apply(parts);
    }

    public override Tensor Batch(BatchedOperands x)
    {
        var parts = new Tensor[x.Count];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = x.Spread(i);
        return new ConcatOp(Axis + 1).Apply(parts);
    }

    public override void Run(in Operands x, Tensor y)
    {
        long start = 0;
        for (int i = 0; i < x.Count; i++)
        {
            long size = x[i].Shape.Sizes[Axis];
            if (x[i].ElementCount > 0)
                TensorMemory.Copy(x[i], new SliceOp(Axis, start, size, 1).TryView(y, x[i].Shape)!);
            start += size;
        }
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        long start = 0;
        for (int i = 0; i < operand; i++)
            start += call.InputSpec(i).Shape.Sizes[Axis];
        return cotangent.Slice(Axis, start, call.InputSpec(operand).Shape.Sizes[Axis]);
    }
}
