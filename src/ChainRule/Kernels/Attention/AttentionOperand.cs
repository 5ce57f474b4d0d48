namespace ChainRule.Kernels;

/// <summary>The matrices of a batch, wherever they lie: where each begins, in elements, and the strides that all have in common.</summary>
internal readonly unsafe struct AttentionOperand(void* start, long[] offsets, long row, long column)
{
    /// <summary>The matrix of this member of the batch.</summary>
    public MatrixView<T> Of<T>(long member) where T : unmanaged => new((T*)start + offsets[member], row, column, 0);
}
