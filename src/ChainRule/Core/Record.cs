namespace ChainRule;

/// <summary>What a tensor is part of beside its memory: a tape, a forward derivative, a batch. It names who runs operations on the tensor.</summary>
internal abstract class Record
{
    /// <summary>Who runs an operation that has this tensor among its operands and none of a higher level.</summary>
    public abstract Interpreter Interpreter { get; }

    /// <summary>0 for the tape; forward derivatives and batches count from 1, the innermost highest.</summary>
    public virtual int Level => 0;

    /// <summary>The tensor that holds the numbers, without forward derivative or batch; for a batch, those of all its examples.</summary>
    public virtual Tensor Bare(Tensor tensor) => tensor;

    /// <summary>Refuses where a single value is asked for that there is not.</summary>
    public virtual void RequireReadable(string operation)
    {
    }
}
