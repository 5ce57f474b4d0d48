namespace ChainRule;

/// <summary>One application of an operation as its forward rule may read it: everything is at hand.</summary>
internal abstract class ForwardCall : Call
{
    /// <summary>The tangent of the result by the transpose of the operation's reverse rule; null where it is zero.</summary>
    public abstract Tensor? TransposedVjp(Tensor?[] tangents);
}
