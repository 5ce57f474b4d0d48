namespace ChainRule;

/// <summary>A linear operation that only looks at the same memory in another way.</summary>
internal abstract record ViewOp : LinearOp
{
    public abstract override Tensor? TryView(Tensor x, Shape shape);

    // The recorder and the planner may ask for a copy of a view; eager execution never comes here.
    public sealed override void Run(in Operands x, Tensor y) =>
        TensorMemory.Copy(TryView(x[0], y.Shape) ?? throw new InvalidOperationException($"{Name} is always a view."), y);
}
