namespace ChainRule;

/// <summary>An operation on rows of a contiguous tensor's last axis.</summary>
internal abstract record RowOp : Op
{
    /// <summary>Applies the operation along any axis by moving it to the end and back.</summary>
    public Tensor Along(Tensor x, int axis)
    {
        x = ElementType.Prepare(x, takesIntegers: false);
        if (x.Rank == 0 && axis is 0 or -1)
            return Apply(x.Reshape(1)).Reshape(Shape.Scalar);
        int place = x.Shape.Axis(axis, Name);
        int last = x.Rank - 1;
        return place == last ? Apply(x) : Apply(x.Transpose(place, last)).Transpose(place, last);
    }

    public sealed override TensorSpec Infer(in Operands x) => x[0].Spec;

    public sealed override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor source = x[0].ToContiguous();
        long length = source.Shape[^1], rows = source.ElementCount / length;
        if (y.DType == DType.Float32)
            Run<float>(source, y, rows, length);
        else
            Run<double>(source, y, rows, length);
        GC.KeepAlive(source);
    }

    public sealed override Tensor Batch(BatchedOperands x) => Apply(x[0]);

    protected abstract void Run<T>(Tensor x, Tensor y, long rows, long length) where T : unmanaged;
}
