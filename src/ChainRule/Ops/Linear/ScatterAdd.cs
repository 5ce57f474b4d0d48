using System.Numerics;

namespace ChainRule;

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
