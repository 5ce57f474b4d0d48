namespace ChainRule;

/// <summary>An operation whose derivative is zero wherever it exists: comparisons, roundings, positions. No gradient passes it.</summary>
internal abstract record ZeroOp : Op
{
    public sealed override bool IsDifferentiable => false;

    public sealed override Tensor? Vjp(int operand, Call call, Tensor cotangent) => null;
}
