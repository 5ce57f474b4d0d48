namespace ChainRule;

/// <summary>A product: linear in each of two operands; each derivative is the product of the cotangent with the other operand.</summary>
internal abstract record BilinearOp : Op
{
    public sealed override Keeps Keeps => Keeps.Inputs;

    /// <summary>The transpose in the left operand: what the cotangent and the right operand give.</summary>
    protected abstract Tensor TransposeLeft(Tensor cotangent, Tensor right);

    /// <summary>The transpose in the right operand: what the left operand and the cotangent give.</summary>
    protected abstract Tensor TransposeRight(Tensor left, Tensor cotangent);

    public sealed override Tensor? Vjp(int operand, Call call, Tensor cotangent) => operand == 0
        ? TransposeLeft(cotangent, call.Input(1))
        : TransposeRight(call.Input(0), cotangent);

    public sealed override Tensor? Jvp(ForwardCall call, Tensor?[] tangents)
    {
        Tensor? left = tangents[0] is { } first ? Apply(first, call.Input(1)) : null;
        Tensor? right = tangents[1] is { } second ? Apply(call.Input(0), second) : null;
        return left is null ? right : right is null ? left : left + right;
    }
}
