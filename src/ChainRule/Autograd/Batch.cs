namespace ChainRule.Autograd;

/// <summary>Vmap: runs each operation once for all examples, which lie along a first axis that the function does not see.</summary>
internal sealed class Batch(long size) : Level
{
    public override string Name => "Vmap";

    /// <summary>The number of examples.</summary>
    public long Size => size;

    /// <summary>Hides the first axis of a tensor, that of the examples.</summary>
    public Tensor Hide(Tensor all)
    {
        Tensor one = all.View(Shape.Create(all.Shape.Sizes[1..]), all.Strides[1..], all.Offset);
        one.Record = new BatchRecord(this, all);
        return one;
    }

    /// <summary>All examples of a tensor, along a first axis; one that is the same for all is repeated.</summary>
    public Tensor Show(Tensor x) => Holds(x) ? Inner(x) : BatchedOperands.Repeated(x, size);

    public override Tensor Run(Op op, in Operands x)
    {
        RequireOpen(op);
        var operands = new Tensor[x.Count];
        var isBatched = new bool[x.Count];
        for (int i = 0; i < operands.Length; i++)
            (operands[i], isBatched[i]) = (Inner(x[i]), Holds(x[i]));
        return Hide(op.Batch(new BatchedOperands(size, operands, isBatched)));
    }

    /// <summary>The examples behind a tensor of this level.</summary>
    private sealed class BatchRecord(Batch level, Tensor all) : LevelRecord(level, all)
    {
        public override void RequireReadable(string operation) =>
            throw new DifferentiationException($"{operation}: inside a function given to Vmap there is no single value to read: the function runs once for all {level.Size} examples. Use Tensor.Where to decide for each example, or read the result after Vmap.");

        public override string ToString() => $"one of {level.Size} examples";
    }
}
