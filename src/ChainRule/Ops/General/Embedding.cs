namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The rows of a table at these ids: y[..., :] = weight[id, :].</summary>
    /// <param name="weight">The table, [rows, size].</param>
    /// <param name="paddingIndex">An id whose row never gets a gradient; null for none.</param>
    /// <param name="frozen">bool [rows]: rows that never get a gradient; null for none.</param>
    /// <param name="sparse">
    /// Leave <see cref="RowGradient"/> on a table that is a leaf: backward then touches the used rows alone, and so do the optimizers whose
    /// steps leave rows without a gradient where they are. For large tables.
    /// </param>
    /// <remarks>This tensor holds int32 or int64 ids of any shape.</remarks>
    /// <exception cref="DTypeException">The ids are not integers, or frozen is not bool.</exception>
    /// <exception cref="ShapeException">An id is outside the table, or the shapes do not fit.</exception>
    public Tensor Embedding(Tensor weight, long? paddingIndex = null, Tensor? frozen = null, bool sparse = false)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ElementType.RequireInteger(this, nameof(Embedding), "the ids");
        if (weight.Rank != 2)
            throw new ShapeException($"Embedding: the table has shape {weight.Shape}, but must be [rows, size].");
        long rows = weight.Shape[0];
        if (paddingIndex is { } index && (index < 0 || index >= rows))
            throw new ArgumentOutOfRangeException(nameof(paddingIndex), paddingIndex, $"Embedding: the padding index {paddingIndex} is outside a table of {rows} rows.");
        if (frozen is not null && frozen.DType != DType.Bool)
            throw new DTypeException($"Embedding: frozen is {frozen.DType.Lower()}{frozen.Shape}, but must be bool[{rows}], one for each row.");
        if (frozen is not null && frozen.Shape != Shape.Create([rows]))
            throw new ShapeException($"Embedding: frozen is bool{frozen.Shape}, but must be bool[{rows}], one for each row.");
        RequireIds(rows);
        Tensor taken = new TakeOp(0, sparse).Apply(weight, To(DType.Int64).Flatten()).Reshape(Shape.Create([.. Shape.Sizes, weight.Shape[1]]));
        Tensor? isFixed = paddingIndex is { } padding ? EqualTo(padding) : null;
        if (frozen is not null)
            isFixed = isFixed is null ? frozen.Take(this) : isFixed.Or(frozen.Take(this));
        return isFixed is null ? taken : Where(isFixed.Unsqueeze(-1), taken.Detach(), taken);
    }

    // Negative ids do not count from the end: in a vocabulary they are mistakes.
    private void RequireIds(long rows) => Recording.Inspect(this, values =>
    {
        long[] ids = values.ToArray<long>();
        for (int i = 0; i < ids.Length; i++)
        {
            if (ids[i] < 0 || ids[i] >= rows)
                throw new ShapeException($"Embedding: id {ids[i]}, number {i} of ids of shape {Shape}, is outside a table of {rows} rows.");
        }
        return true;
    });
}
