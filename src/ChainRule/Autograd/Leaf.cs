namespace ChainRule.Autograd;

/// <summary>Makes of any tensor a point at which a reverse pass ends, whatever levels it belongs to.</summary>
internal static class Leaf
{
    /// <summary>The same values as a new leaf of the tape, at the bottom of the levels of <paramref name="x"/>.</summary>
    /// <param name="x">The values.</param>
    /// <param name="below">Only levels below this number are looked at.</param>
    /// <param name="isRecorded">Whether a tensor that is on the tape stays connected to what it was made of.</param>
    /// <remarks>
    /// In an open batch each example needs a gradient of its own, also by what is the same for all: such a tensor is repeated first.
    /// </remarks>
    public static Tensor Of(Tensor x, int below, bool isRecorded)
    {
        foreach (Level level in Level.Open)
        {
            if (level.Number < below && level is Batch batch)
                x = Spread(x, batch);
        }
        return AtBottom(x, tensor => tensor.IsTracked && isRecorded ? IdentityOp.Default.Apply(tensor) : tensor.Alias().RequiresGrad());
    }

    /// <summary>The tensor with what lies below all its levels exchanged; its tangents stay.</summary>
    public static Tensor AtBottom(Tensor x, Func<Tensor, Tensor> exchange) => x.Record switch
    {
        LevelRecord { Interpreter: Dual level } record => level.Join(AtBottom(record.Inner, exchange), level.Tangent(x)!),
        LevelRecord { Interpreter: Batch level } record => level.Hide(AtBottom(record.Inner, exchange)),
        _ => exchange(x),
    };

    /// <summary>The same values without the tape, in the same levels.</summary>
    public static Tensor OffTape(Tensor x) => x.Record switch
    {
        LevelRecord { Interpreter: Dual level } record => level.Join(OffTape(record.Inner), OffTape(level.Tangent(x)!)),
        LevelRecord { Interpreter: Batch level } record => level.Hide(OffTape(record.Inner)),
        _ => x.Alias(),
    };

    /// <summary>The same values with a new node, at the bottom of all levels, for <see cref="ComesFrom"/> to look for; gradients pass through it.</summary>
    public static Tensor Marked(Tensor x) => AtBottom(x, bottom =>
    {
        Tensor marked = bottom.Alias();
        marked.Record = new Node(IdentityOp.Default, new Operands(bottom), marked);
        return marked;
    });

    /// <summary>Whether a result was computed from a marked tensor.</summary>
    public static bool ComesFrom(Tensor result, Tensor marked) =>
        NodeOf(result) is { } node && ReversePass.Reaches(node, NodeOf(marked)!);

    /// <summary>Whether a result, in any of its levels, depends on a leaf of the tape that is not one of these.</summary>
    public static bool DependsOnOthers(Tensor result, Tensor[] leaves)
    {
        var own = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (Tensor leaf in leaves)
            AtBottom(leaf, bottom => { own.Add(bottom); return bottom; });
        return DependsOnOthers(result, own);
    }

    private static Node? NodeOf(Tensor x)
    {
        while (x.Record is LevelRecord record)
            x = record.Inner;
        return x.Record as Node;
    }

    private static bool DependsOnOthers(Tensor x, HashSet<Tensor> own) => x.Record switch
    {
        LevelRecord { Interpreter: Dual level } record => DependsOnOthers(record.Inner, own) || DependsOnOthers(level.Tangent(x)!, own),
        LevelRecord record => DependsOnOthers(record.Inner, own),
        Node node => ReversePass.ReachesLeafBeside(node, own),
        _ => false,
    };

    private static Tensor Spread(Tensor x, Batch batch)
    {
        if (batch.Holds(x)) return x;
        if (x.Record is LevelRecord record && record.Level > batch.Number)
        {
            Tensor inner = Spread(record.Inner, batch);
            return record.Interpreter is Dual dual ? dual.Join(inner, dual.Tangent(x)!) : ((Batch)record.Interpreter).Hide(inner);
        }
        return batch.Hide(BatchedOperands.Repeated(x, batch.Size));
    }
}
