namespace ChainRule;

/// <summary>One application of an operation, as far as its derivative may read it.</summary>
internal abstract class Call : Record
{
    /// <summary>The value that went in; for a reverse rule only if the operation keeps its inputs.</summary>
    public abstract Tensor Input(int operand);

    /// <summary>Shape and type of what went in; always known.</summary>
    public abstract TensorSpec InputSpec(int operand);

    /// <summary>The cotangents of all inputs, by differentiating a composition that gives the same result.</summary>
    public abstract Tensor[] Through(Func<Tensor[], Tensor> composed, Tensor cotangent);

    /// <summary>The cotangent of one input, by differentiating a function of it alone that gives the same result.</summary>
    public abstract Tensor Through(int operand, Func<Tensor, Tensor> composed, Tensor cotangent);

    /// <summary>The value that came out; for a reverse rule only if the operation keeps its output.</summary>
    public abstract Tensor Output { get; }
}
