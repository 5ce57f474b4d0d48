namespace ChainRule;

/// <summary>
/// A length of the elements over some axes, which stay with size 1: a norm or a deviation. The value is computed beforehand and is the
/// second operand, a constant; the derivative by the first is a direction, whose own derivatives are right however large or small it is.
/// </summary>
internal abstract record LengthOp(uint Over) : Op
{
    public sealed override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>dy/dx in tensors; 0 where y is 0 or infinite.</summary>
    protected abstract Tensor Direction(Tensor x, Tensor y);

    public sealed override TensorSpec Infer(in Operands x) => x[1].Spec;

    public sealed override void Run(in Operands x, Tensor y) => TensorMemory.Copy(x[1], y);

    public sealed override Tensor? Vjp(int operand, Call call, Tensor cotangent) =>
        operand == 0 ? cotangent.Chain(Direction(call.Input(0), call.Output)) : null;

    public sealed override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) =>
        tangents[0]?.Chain(Direction(call.Input(0), call.Output)).Sum(Axes.From(Over), keepDims: true);

    public sealed override Tensor Batch(BatchedOperands x) => (this with { Over = Over << 1 }).Apply(x.Spread(0), x.Spread(1));

    /// <summary>x / y where y is a number other than 0, else 0.</summary>
    protected static Tensor Ratio(Tensor x, Tensor y)
    {
        Tensor isEdge = y.EqualTo(0).Or(y.EqualTo(double.PositiveInfinity));
        return Tensor.Where(isEdge, 0.0, x / Tensor.Where(isEdge, 1.0, y));
    }
}
