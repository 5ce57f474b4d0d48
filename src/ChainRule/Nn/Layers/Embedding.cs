namespace ChainRule.Nn;

/// <summary>A table of vectors, one for each id: [...] of int32 or int64 becomes [..., size].</summary>
public sealed class Embedding : Module
{
    private readonly int? _paddingIndex;
    private readonly Tensor? _frozen;
    private readonly bool _isSparse;

    /// <summary>Makes a table of normal numbers; the padding row is zeros.</summary>
    /// <param name="count">Rows: ids from 0 to count - 1.</param>
    /// <param name="size">Numbers in a row.</param>
    /// <param name="paddingIndex">An id whose row never gets a gradient; null for none.</param>
    /// <param name="frozenRows">More ids whose rows never get a gradient; null for none.</param>
    /// <param name="key">Draws the initial values; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="dtype">float32 or float64.</param>
    /// <param name="sparse">
    /// Whether backward leaves the gradient of the used rows alone, <see cref="Tensor.RowGradient"/>: for large tables. Sgd without momentum
    /// and decay, Adagrad without decay and SparseAdam step on those rows only; all others make the whole gradient of it.
    /// </param>
    public Embedding(int count, int size, int? paddingIndex = null, IEnumerable<int>? frozenRows = null, RandomKey? key = null, DType dtype = DType.Float32, bool sparse = false)
    {
        Bounds.AtLeast(count, 1, nameof(Embedding), nameof(count));
        Bounds.AtLeast(size, 1, nameof(Embedding), nameof(size));
        dtype.RequireParameter(nameof(Embedding));
        if (paddingIndex is { } index)
            RequireRow(index, count, nameof(paddingIndex));
        Tensor weight = Tensor.Normal([count, size], key ?? RandomKey.Next(), dtype: dtype);
        if (paddingIndex is { } padding)
            weight.Slice(0, padding, 1).Fill(0);
        if (frozenRows is not null)
        {
            var isFrozen = new bool[count];
            foreach (int row in frozenRows)
            {
                RequireRow(row, count, nameof(frozenRows));
                isFrozen[row] = true;
            }
            _frozen = Tensor.From(isFrozen);
        }
        (_paddingIndex, _isSparse) = (paddingIndex, sparse);
        Weight = new(weight);
    }

    /// <summary>The table, [count, size].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Embedding(Weight.Value, _paddingIndex, _frozen, _isSparse);
    }

    /// <summary>For example <c>Embedding(1000, 64)</c>.</summary>
    public override string ToString() => $"Embedding({Weight.Value.Shape[0]}, {Weight.Value.Shape[1]}{(_paddingIndex is { } padding ? $", padding index {padding}" : "")}{(_isSparse ? ", sparse" : "")})";

    private static void RequireRow(int row, int count, string argument)
    {
        if (row < 0 || row >= count)
            throw new ArgumentOutOfRangeException(argument, row, $"Embedding: row {row} is outside a table of {count} rows.");
    }
}
