namespace ChainRule;

/// <summary>A choice of one value among many; elements that are equal to the chosen one share its derivative.</summary>
internal abstract record ExtremumOp(uint Over) : Op
{
    public sealed override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    public sealed override TensorSpec Infer(in Operands x)
    {
        Shape result = Reduced.Shape(x[0].Shape, Over);
        if (x[0].ElementCount == 0 && result.ElementCount != 0)
            throw new ShapeException($"{Name}: shape {x[0].Shape} has no elements to choose from.");
        return new(result, x[0].DType);
    }

    public sealed override void Run(in Operands x, Tensor y)
    {
        Reduced reduced = new(x[0], Over, stackalloc long[2 * x[0].Rank]);
        switch (y.DType)
        {
            case DType.Float32: Run<float>(reduced, y); break;
            case DType.Float64: Run<double>(reduced, y); break;
            case DType.Int32: Run<int>(reduced, y); break;
            default: Run<long>(reduced, y); break;
        }
    }

    public sealed override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor x = call.Input(0);
        Tensor attained = x.Attains(Reduced.KeepDims(call.Output, x.Shape, Over, keepDims: true));
        Tensor sharers = attained.Sum(Axes.From(Over));
        // Chain: exactly 0 for those not chosen, even if an infinite cotangent flows in.
        return attained.Chain(Reduced.KeepDims(cotangent / sharers, x.Shape, Over, keepDims: true));
    }

    public sealed override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor attained = call.Input(0).Attains(Reduced.KeepDims(call.Output, call.InputSpec(0).Shape, Over, keepDims: true));
        Axes over = Axes.From(Over);
        return attained.Chain(tangents[0]!).Sum(over) / attained.Sum(over);
    }

    public sealed override Tensor Batch(BatchedOperands x) => (this with { Over = Over << 1 }).Apply(x[0]);

    protected abstract void Run<T>(Reduced x, Tensor y) where T : unmanaged;
}
