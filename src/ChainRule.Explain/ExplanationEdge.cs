namespace ChainRule.Explain;

/// <summary>One use of a step by a later one: the local derivative, and what flows back along it.</summary>
public sealed class ExplanationEdge
{
    internal ExplanationEdge(int operand, int reader, Formula derivative, Formula symbol) =>
        (Operand, Reader, Derivative, Symbol) = (operand, reader, derivative, symbol);

    /// <summary>The index of the step that is read.</summary>
    public int Operand { get; }

    /// <summary>The index of the step that reads it.</summary>
    public int Reader { get; }

    /// <summary>What the local derivative is called: <c>∂v/∂u</c>.</summary>
    public Formula Symbol { get; }

    /// <summary>
    /// The local derivative as a formula, <c>3·u^2</c>; where the operation is not one of single elements, the whole product
    /// instead: <c>∂L/∂v · x</c>. See <see cref="Local"/>.
    /// </summary>
    public Formula Derivative { get; }

    /// <summary>The local derivative as numbers, one for each element of the reader; null for an operation that mixes elements (sums, products of matrices).</summary>
    public Tensor? Local { get; internal set; }

    /// <summary>
    /// The local derivative as a matrix: a row for each element of the reader, a column for each element of the operand, both counted
    /// row by row; null if it has more than 4,096 numbers.
    /// </summary>
    public Tensor? Jacobian => Matrix.Value;

    /// <summary>Whether that matrix is 0 outside of its diagonal because each element of a vector or matrix is treated on its own.</summary>
    public bool IsDiagonal { get; internal set; }

    /// <summary>The reader's gradient times the local derivative: what this use adds to the operand's gradient.</summary>
    public Tensor Product { get; internal set; } = null!;

    internal Lazy<Tensor?> Matrix { get; set; } = null!;

    /// <summary>Whether the product was summed over elements that share the operand, since a smaller operand was spread over a larger one.</summary>
    public bool IsSummed { get; internal set; }
}
