namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>y[i, j, ..] = x[positions[i, j, ..], j, ..], the position replacing the index along <paramref name="axis"/>.</summary>
    /// <param name="axis">The axis along which to choose.</param>
    /// <param name="positions">int32 or int64, with as many axes as this tensor and no larger along the others; negative ones count from the end.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a position is outside the axis.</exception>
    public Tensor Gather(int axis, Tensor positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ElementType.RequireInteger(positions, nameof(Gather), nameof(positions));
        int place = Shape.Axis(axis, nameof(Gather));
        if (positions.Rank != Rank)
            throw new ShapeException($"Gather: positions of shape {positions.Shape} must have as many axes as shape {Shape}.");
        Tensor x = this;
        for (int i = 0; i < Rank; i++)
        {
            if (i == place) continue;
            if (positions.Shape.Sizes[i] > Shape.Sizes[i])
                throw new ShapeException($"Gather: positions of shape {positions.Shape} are larger than shape {Shape} along axis {i}.");
            x = x.Slice(i, 0, positions.Shape.Sizes[i]);
        }
        return new GatherOp(place).Apply(x, positions.To(DType.Int64));
    }
}

/// <summary>y = x with the index along one axis replaced by the positions;  its transpose adds each element where it came from.</summary>
internal sealed record GatherOp(int Axis) : LinearOp
{
    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(x[1].Shape, x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return; // the slices of nothing may be very many
        Tensor source = x[0].ToContiguous(), positions = x[1].ToContiguous();
        switch (y.DType.Size())
        {
            case 1: Run<byte>(source, positions, y); break;
            case 4: Run<float>(source, positions, y); break;
            default: Run<double>(source, positions, y); break;
        }
        GC.KeepAlive(source);
        GC.KeepAlive(positions);
    }

    public override Tensor Batch(BatchedOperands x) => (this with { Axis = Axis + 1 }).Apply(x.Spread(0), x.Spread(1));

    protected override Tensor Transpose(Tensor cotangent, Call call) =>
        new ScatterAddOp(Axis, call.InputSpec(0).Shape.Sizes[Axis]).Apply(cotangent, call.Input(1));

    private unsafe void Run<T>(Tensor x, Tensor positions, Tensor y) where T : unmanaged
    {
        (long outer, long size, long inner) = Rows.Around(x.Shape, Axis);
        long count = positions.Shape.Sizes[Axis];
        fixed (byte* source = &x.Start, places = &positions.Start, target = &y.Start)
        {
            T* from = (T*)source, to = (T*)target;
            long* place = (long*)places;
            for (long o = 0, at = 0; o < outer; o++, from += size * inner)
            {
                for (long j = 0; j < count; j++)
                {
                    for (long i = 0; i < inner; i++, at++)
                        to[at] = from[Rows.Place(place[at], size, "Gather", at) * inner + i];
                }
            }
        }
    }
}
