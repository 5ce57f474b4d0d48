namespace ChainRule.Autograd;

/// <summary>Reverse mode: runs each operation and links its result to what it was made of.</summary>
internal sealed class Tape : Interpreter
{
    public static Tape Shared { get; } = new();

    public override Tensor Run(Op op, in Operands x)
    {
        Tensor y = Eager.Run(op, x);
        if (y.DType.IsFloating())
            y.Record = new Node(op, x, y);
        return y;
    }
}
