namespace ChainRule;

/// <summary>
/// An operation that is computed in one go for the sake of speed, but means a composition of others: by that it is differentiated. All
/// operands are floating.
/// </summary>
internal abstract record FusedOp : Op
{
    public sealed override Keeps Keeps => Keeps.Inputs;

    /// <summary>The same result, written in tensors.</summary>
    protected abstract Tensor Composed(Tensor[] x);

    public sealed override Tensor? Vjp(int operand, Call call, Tensor cotangent) => VjpOfAll(call, cotangent)[operand];

    public sealed override Tensor?[] VjpOfAll(Call call, Tensor cotangent) => call.Through(Composed, cotangent);
}
