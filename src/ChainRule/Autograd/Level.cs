namespace ChainRule.Autograd;

/// <summary>
/// A forward derivative or a batch that is being computed. The open ones of a thread are numbered from the outermost, 1; an
/// operation is first run by the highest among its operands, which leaves the rest to the levels below and at last to the tape.
/// </summary>
internal abstract class Level : Interpreter, IDisposable
{
    [ThreadStatic]
    private static List<Level>? _open;

    protected Level()
    {
        Open.Add(this);
        Number = Open.Count;
    }

    /// <summary>The open levels of this thread, the outermost first.</summary>
    public static List<Level> Open => _open ??= [];

    public int Number { get; }

    /// <summary>What users call it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a tensor belongs to this level.</summary>
    public bool Holds(Tensor x) => x.Record is LevelRecord record && ReferenceEquals(record.Interpreter, this);

    /// <summary>The tensor of the levels below: for a forward derivative the value, for a batch all examples; others as they are.</summary>
    public Tensor Inner(Tensor x) => x.Record is LevelRecord record && ReferenceEquals(record.Interpreter, this) ? record.Inner : x;

    public void Dispose() => Open.RemoveRange(Number - 1, Open.Count - Number + 1);

    /// <summary>Refuses a tensor that was kept beyond the function that it was made in.</summary>
    protected void RequireOpen(Op op)
    {
        if (Open.Count < Number || !ReferenceEquals(Open[Number - 1], this))
            throw new DifferentiationException($"{op.Name}: an operand was made inside a function given to {Name} and was kept after it had ended. Return it from the function instead.");
    }
}
