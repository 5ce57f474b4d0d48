using System.Numerics;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>This tensor with y[positions[i, j, ..], j, ..] += source[i, j, ..], the position replacing the index along <paramref name="axis"/>; repeated positions add up.</summary>
    /// <param name="axis">The axis along which to place.</param>
    /// <param name="positions">int32 or int64, with as many axes as this tensor and no larger along the others; negative ones count from the end.</param>
    /// <param name="source">What is added; it may be larger than the positions, and the rest of it is not used.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a position is outside the axis.</exception>
    public Tensor ScatterAdd(int axis, Tensor positions, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(source);
        ElementType.RequireInteger(positions, nameof(ScatterAdd), nameof(positions));
        Tensor x = this;
        ElementType.Meet(ref x, ref source, takesIntegers: true);
        int place = Shape.Axis(axis, nameof(ScatterAdd));
        Tensor part = ScatterShapes.Source(x, place, positions, source, nameof(ScatterAdd));
        return x + ScatterShapes.Padded(new ScatterAddOp(place, Shape.Sizes[place]).Apply(part, positions.To(DType.Int64)), Shape);
    }
}

/// <summary>y[positions[i, j, ..], j, ..] += x[i, j, ..] into zeros, along one axis of size Size;  its transpose gathers.</summary>
internal sealed record ScatterAddOp(int Axis, long Size) : LinearOp
{
    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(x[0].Shape.With(Axis, Size), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        Tensor source = x[0].ToContiguous(), positions = x[1].ToContiguous();
        y.FillWith(0);
        if (source.ElementCount == 0) return; // the slices of nothing may be very many
        switch (y.DType)
        {
            case DType.Float32: Run<float>(source, positions, y); break;
            case DType.Float64: Run<double>(source, positions, y); break;
            case DType.Int32: Run<int>(source, positions, y); break;
            default: Run<long>(source, positions, y); break;
        }
        GC.KeepAlive(source);
        GC.KeepAlive(positions);
    }

    public override Tensor Batch(BatchedOperands x) => (this with { Axis = Axis + 1 }).Apply(x.Spread(0), x.Spread(1));

    protected override Tensor Transpose(Tensor cotangent, Call call) => new GatherOp(Axis).Apply(cotangent, call.Input(1));

    private unsafe void Run<T>(Tensor x, Tensor positions, Tensor y) where T : unmanaged, INumber<T>
    {
        (long outer, long size, long inner) = Rows.Around(y.Shape, Axis);
        long count = positions.Shape.Sizes[Axis];
        fixed (byte* source = &x.Start, places = &positions.Start, target = &y.Start)
        {
            T* from = (T*)source, to = (T*)target;
            long* place = (long*)places;
            for (long o = 0, at = 0; o < outer; o++, to += size * inner)
            {
                for (long j = 0; j < count; j++)
                {
                    for (long i = 0; i < inner; i++, at++)
                        to[Rows.Place(place[at], size, "ScatterAdd", at) * inner + i] += from[at];
                }
            }
        }
    }
}
