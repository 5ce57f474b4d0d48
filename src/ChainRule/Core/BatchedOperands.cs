namespace ChainRule;

/// <summary>The operands of one operation for a batch of examples: some with the examples along a first axis, the others the same for all.</summary>
/// <param name="size">The number of examples.</param>
/// <param name="operands">The operands, batched ones with their first axis.</param>
/// <param name="isBatched">Which are batched; at least one is.</param>
internal sealed class BatchedOperands(long size, Tensor[] operands, bool[] isBatched)
{
    /// <summary>The number of examples.</summary>
    public long Size => size;

    /// <summary>The number of operands.</summary>
    public int Count => operands.Length;

    /// <summary>An operand as it is: with the axis of the examples if it is batched.</summary>
    public Tensor this[int operand] => operands[operand];

    /// <summary>Whether an operand differs from example to example.</summary>
    public bool IsBatched(int operand) => isBatched[operand];

    /// <summary>An operand with the axis of the examples, along which one that is the same for all is repeated without a copy.</summary>
    public Tensor Spread(int operand) => isBatched[operand] ? operands[operand] : Repeated(operands[operand], size);

    /// <summary>A tensor seen once for each example, along a new first axis.</summary>
    public static Tensor Repeated(Tensor x, long size) => x.Unsqueeze(0).Expand(Shape.Create([size, .. x.Shape.Sizes]));

    /// <summary>The operation on one example after the other.</summary>
    public Tensor OneByOne(Op op)
    {
        if (size == 0)
            throw new ShapeException($"Vmap: {op.Name} cannot be applied to a batch of no examples: its result would have no shape.");
        var results = new Tensor[size];
        for (long i = 0; i < size; i++)
        {
            var example = new Tensor[operands.Length];
            for (int operand = 0; operand < operands.Length; operand++)
                example[operand] = isBatched[operand] ? operands[operand][i] : operands[operand];
            results[i] = op.Apply(example);
        }
        return Tensor.Stack(results);
    }
}
