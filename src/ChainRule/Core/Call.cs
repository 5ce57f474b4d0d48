namespace ChainRule;

/// <summary>One application of an operation, as far as its derivative may read it.</summary>
internal abstract class Call
{
    /// <summary>Who continues the record when a tensor that came out of this call is used again.</summary>
    public abstract Interpreter Interpreter { get; }

    /// <summary>The value that went in; only if the operation keeps its inputs.</summary>
    public abstract Tensor Input(int operand);

    /// <summary>Shape and type of what went in; always known.</summary>
    public abstract TensorSpec InputSpec(int operand);

    /// <summary>The value that came out; only if the operation keeps its output.</summary>
    public abstract Tensor Output { get; }
}
