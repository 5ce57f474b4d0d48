namespace ChainRule;

/// <summary>y[positions[i, j, ..], j, ..] = 1 + the largest i that writes there, 0 where none does, along one axis of size Size.</summary>
internal sealed record LastWriterOp(int Axis, long Size, string Operation = "Scatter") : ZeroOp
{
    public override TensorSpec Infer(in Operands x) => new(x[0].Shape.With(Axis, Size), DType.Int64);

    public override Tensor Batch(BatchedOperands x) => (this with { Axis = Axis + 1 }).Apply(x[0]);

    public override unsafe void Run(in Operands x, Tensor y)
    {
        Tensor positions = x[0].ToContiguous();
        y.FillWith(0);
        (long outer, long count, long inner) = Rows.Around(positions.Shape, Axis);
        fixed (byte* places = &positions.Start, target = &y.Start)
        {
            long* place = (long*)places, to = (long*)target;
            for (long o = 0, at = 0; o < outer; o++, to += Size * inner)
            {
                for (long j = 0; j < count; j++)
                {
                    for (long i = 0; i < inner; i++, at++)
                        to[Rows.Place(place[at], Size, Operation, at) * inner + i] = j + 1;
                }
            }
        }
        GC.KeepAlive(positions);
    }
}
