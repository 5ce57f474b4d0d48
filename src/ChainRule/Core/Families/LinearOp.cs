namespace ChainRule;

/// <summary>An operation linear in its first operand; its derivative backwards is its transpose, forwards itself.</summary>
internal abstract record LinearOp : Op
{
    /// <summary>The transposed map, applied to a cotangent; gives the shape of the input.</summary>
    protected abstract Tensor Transpose(Tensor cotangent, Call call);

    public sealed override Tensor? Vjp(int operand, Call call, Tensor cotangent) => operand == 0 ? Transpose(cotangent, call) : null;
}
