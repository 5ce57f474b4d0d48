namespace ChainRule;

/// <summary>The position of a chosen element along axes; its derivative is zero.</summary>
internal abstract record PositionOp(uint Over) : ZeroOp
{
    public sealed override TensorSpec Infer(in Operands x)
    {
        Shape result = Reduced.Shape(x[0].Shape, Over);
        if (x[0].ElementCount == 0 && result.ElementCount != 0)
            throw new ShapeException($"{Name}: shape {x[0].Shape} has no elements to choose from.");
        return new(result, DType.Int64);
    }

    public sealed override void Run(in Operands x, Tensor y)
    {
        Reduced reduced = new(x[0], Over, stackalloc long[2 * x[0].Rank]);
        switch (x[0].DType)
        {
            case DType.Float32: Run<float>(reduced, y); break;
            case DType.Float64: Run<double>(reduced, y); break;
            case DType.Int32: Run<int>(reduced, y); break;
            default: Run<long>(reduced, y); break;
        }
    }

    public sealed override Tensor Batch(BatchedOperands x) => (this with { Over = Over << 1 }).Apply(x[0]);

    protected abstract void Run<T>(Reduced x, Tensor y) where T : unmanaged;
}
