namespace ChainRule.Kernels;

/// <summary>A matrix, or a batch of them, anywhere in memory; strides in elements.</summary>
internal readonly unsafe struct MatrixView<T>(T* start, long row, long column, long batch) where T : unmanaged
{
    public readonly T* Start = start;
    public readonly long Row = row;
    public readonly long Column = column;
    public readonly long Batch = batch;

    /// <summary>The matrix of this number in the batch.</summary>
    public MatrixView<T> Of(long index) => new(Start + index * Batch, Row, Column, 0);

    public T* At(long row, long column) => Start + row * Row + column * Column;
}
