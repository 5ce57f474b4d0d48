using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The slices of an axis at these positions, in their order; negative positions count from the end.</summary>
    /// <param name="positions">int32 or int64 of any shape, which takes the axis's place.</param>
    /// <param name="axis">The axis.</param>
    /// <exception cref="ShapeException">A position is outside the axis.</exception>
    public Tensor Take(Tensor positions, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ElementType.RequireInteger(positions, nameof(Take), nameof(positions));
        int place = Shape.Axis(axis, nameof(Take));
        Tensor taken = new TakeOp(place).Apply(this, positions.To(DType.Int64).Flatten());
        return taken.Reshape(Shape.Create([.. Shape.Sizes[..place], .. positions.Shape.Sizes, .. Shape.Sizes[(place + 1)..]]));
    }
}

/// <summary>y[.., j, ..] = x[.., positions[j], ..] along one axis;  its transpose adds each slice where it came from.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="IsSparse">Whether a leaf gets the gradient of the slices that were taken alone; the axis is 0 then.</param>
internal sealed record TakeOp(int Axis, bool IsSparse = false) : LinearOp
{
    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(x[0].Shape.With(Axis, x[1].ElementCount), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return; // the slices of nothing may be very many
        Tensor source = x[0].ToContiguous(), positions = x[1].ToContiguous();
        (long outer, long size, long inner) = Rows.Around(source.Shape, Axis);
        switch (y.DType.Size())
        {
            case 1: Run<byte>(source, positions, y, outer, size, inner); break;
            case 4: Run<float>(source, positions, y, outer, size, inner); break;
            default: Run<double>(source, positions, y, outer, size, inner); break;
        }
        GC.KeepAlive(source);
        GC.KeepAlive(positions);
    }

    public override Tensor Batch(BatchedOperands x)
    {
        if (!x.IsBatched(1))
            return new TakeOp(Axis + 1).Apply(x[0], x[1]);
        if (x.IsBatched(0))
            return base.Batch(x);
        // Positions [batch, n] in one tensor: [.., batch·n, ..], then the examples to the front.
        Tensor taken = Apply(x[0], x[1].Flatten());
        Tensor split = taken.Reshape(Shape.Create([.. taken.Shape.Sizes[..Axis], x.Size, x[1].Shape[1], .. taken.Shape.Sizes[(Axis + 1)..]]));
        return split.MoveAxis(Axis, 0);
    }

    protected override Tensor Transpose(Tensor cotangent, Call call) =>
        new AddAtOp(Axis, call.InputSpec(0).Shape.Sizes[Axis]).Apply(cotangent, call.Input(1));

    private static unsafe void Run<T>(Tensor x, Tensor positions, Tensor y, long outer, long size, long inner) where T : unmanaged
    {
        fixed (byte* source = &x.Start, places = &positions.Start, target = &y.Start)
            Rows.Take((T*)source, outer, size, inner, (long*)places, positions.ElementCount, (T*)target);
    }
}
