namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The tensor stretched to a larger shape without copying: axes of size 1 repeat, missing ones are added in front.</summary>
    /// <exception cref="ShapeException">A size is neither equal nor 1.</exception>
    public Tensor Expand(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (Shape.Broadcast(Shape, shape, nameof(Expand)) != shape)
            throw new ShapeException($"Expand: shape {Shape} does not stretch to {shape}.");
        return BroadcastTo(shape);
    }

    /// <summary>The same for a shape that is known to fit.</summary>
    internal Tensor BroadcastTo(Shape shape) => Shape == shape ? this : new BroadcastOp(shape).Apply(this);
}

/// <summary>y repeats x along new axes and axes of size 1, as a view of stride 0;  its transpose is the sum over them.</summary>
internal sealed record BroadcastOp(Shape Target) : ViewOp
{
    public override TensorSpec Infer(in Operands x) => new(Target, x[0].DType);

    public override Tensor? TryView(Tensor x, Shape shape)
    {
        var strides = new long[Target.Rank];
        int added = Target.Rank - x.Rank;
        for (int i = 0; i < x.Rank; i++)
            strides[added + i] = x.Shape.Sizes[i] == 1 ? 0 : x.Strides[i];
        return x.View(Target, strides, x.Offset);
    }

    public override Tensor Batch(BatchedOperands x)
    {
        // The axes that broadcasting adds in front come behind that of the examples.
        Shape inner = Shape.Create(x[0].Shape.Sizes[1..]);
        long[] added = new long[Target.Rank - inner.Rank];
        Array.Fill(added, 1);
        return new BroadcastOp([x.Size, .. Target]).Apply(x[0].Reshape(Shape.Create([x.Size, .. added, .. inner.Sizes])));
    }

    protected override Tensor Transpose(Tensor cotangent, Call call)
    {
        Shape input = call.InputSpec(0).Shape;
        int added = Target.Rank - input.Rank;
        uint stretched = 0;
        for (int i = 0; i < Target.Rank; i++)
        {
            if (i < added || (input.Sizes[i - added] == 1 && Target.Sizes[i] != 1))
                stretched |= 1u << i;
        }
        return new SumOp(stretched).Apply(cotangent).Reshape(input);
    }
}
