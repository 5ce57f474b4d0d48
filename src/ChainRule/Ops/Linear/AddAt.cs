using ChainRule.Kernels;

namespace ChainRule;

/// <summary>y[.., positions[j], ..] = Σ x[.., j, ..] along one axis of size Size, 0 elsewhere;  its transpose takes the slices back.</summary>
internal sealed record AddAtOp(int Axis, long Size, string Operation = "AddAt") : LinearOp
{
    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(x[0].Shape.With(Axis, Size), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        Tensor source = x[0].ToContiguous(), positions = x[1].ToContiguous();
        y.FillWith(0);
        if (source.ElementCount == 0) return; // the slices of nothing may be very many
        (long outer, long size, long inner) = Rows.Around(y.Shape, Axis);
        switch (y.DType)
        {
            case DType.Float32: Run<float>(source, positions, y, outer, size, inner); break;
            case DType.Float64: Run<double>(source, positions, y, outer, size, inner); break;
            case DType.Int32: Run<int>(source, positions, y, outer, size, inner); break;
            default: Run<long>(source, positions, y, outer, size, inner); break;
        }
        GC.KeepAlive(source);
        GC.KeepAlive(positions);
    }

    public override Tensor Batch(BatchedOperands x) =>
        x.IsBatched(1) ? base.Batch(x) : (this with { Axis = Axis + 1 }).Apply(x[0], x[1]);

    protected override Tensor Transpose(Tensor cotangent, Call call) => new TakeOp(Axis).Apply(cotangent, call.Input(1));

    private unsafe void Run<T>(Tensor x, Tensor positions, Tensor y, long outer, long size, long inner)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        fixed (byte* source = &x.Start, places = &positions.Start, target = &y.Start)
            Rows.AddAt((T*)source, outer, size, inner, (long*)places, positions.ElementCount, (T*)target, Operation);
    }
}
