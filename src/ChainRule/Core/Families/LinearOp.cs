namespace ChainRule;

/// <summary>An operation linear in its first operand; its derivative backwards is its transpose, forwards itself.</summary>
internal abstract record LinearOp : Op
{
    /// <summary>The transposed map, applied to a cotangent; gives the shape of the input.</summary>
    protected abstract Tensor Transpose(Tensor cotangent, Call call);

    /// <summary>The same map for operands with one more axis in front, along which nothing happens; null if there is none.</summary>
    /// <param name="size">The size of that axis.</param>
    /// <param name="operand">The first operand with that axis.</param>
    protected virtual LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => null;

    public sealed override Tensor? Vjp(int operand, Call call, Tensor cotangent) => operand == 0 ? Transpose(cotangent, call) : null;

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        if (tangents[0] is not { } tangent) return null;
        return tangents.Length == 1 ? Apply(tangent) : Apply(tangent, call.Input(1));
    }

    public override Tensor Batch(BatchedOperands x)
    {
        if (x.Count == 1 && BehindLeadingAxis(x.Size, x[0].Spec) is { } op)
            return op.Apply(x[0]);
        return base.Batch(x);
    }
}
