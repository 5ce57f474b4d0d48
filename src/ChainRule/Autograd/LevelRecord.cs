namespace ChainRule.Autograd;

/// <summary>What ties a tensor to a forward derivative or a batch.</summary>
internal abstract class LevelRecord(Level level, Tensor inner) : Record
{
    public override Interpreter Interpreter => level;

    public override int Level => level.Number;

    /// <summary>The tensor of the levels below.</summary>
    public Tensor Inner => inner;

    public override Tensor Bare(Tensor tensor) => inner.Bare;

    public override void RequireReadable(string operation) => inner.Record?.RequireReadable(operation);
}
