using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>What the forward pass and its derivative have in common: the weights of one block of queries.</summary>
internal static unsafe class AttentionScores
{
    /// <summary>weights = softmax(scale·q·kᵀ) for the rows of one block, places that a query does not see at 0; scaled = scale·q.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="block">Which block of queries.</param>
    /// <param name="q">All queries of the member of the batch.</param>
    /// <param name="k">All its keys.</param>
    /// <param name="scaled">[rows, size].</param>
    /// <param name="weights">[rows, seen].</param>
    public static void Weigh<T, V>(in AttentionSizes sizes, long block, MatrixView<T> q, MatrixView<T> k, T* scaled, T* weights)
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
    {
        long first = block * AttentionSizes.BlockLength, rows = sizes.Rows(block), seen = sizes.Seen(block);
        for (long i = 0; i < rows; i++)
            Runs.Copy(q.At(first + i, 0), q.Column, scaled + i * sizes.Size, sizes.Size);
        Scale<T, V>(sizes, scaled, rows * sizes.Size);
        Gemm.Run(rows, seen, sizes.Size, scaled, sizes.Size, 1, k.Start, k.Column, k.Row, weights, seen);
        for (long i = 0; i < rows; i++)
        {
            T* row = weights + i * seen;
            long visible = sizes.IsCausal ? Math.Min(first + i + 1, seen) : seen;
            SoftmaxRow.Run<T, V>(row, visible, row);
            Runs.Fill(row + visible, 1, seen - visible, default);
        }
    }

    /// <summary>Multiplies elements by the scale of the scores.</summary>
    public static void Scale<T, V>(in AttentionSizes sizes, T* x, long count) where T : unmanaged where V : struct, IVectorLane<V, T> =>
        Loop.Run<T, V, UnaryBody<Scaling<V>>>(new(new(V.Constant(sizes.Scale))), x, null, null, x, count);

    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct Scaling<TLane>(TLane by) : IUnary where TLane : struct, ILane<TLane>
    {
        private readonly TLane _by = by;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => x * Unsafe.BitCast<TLane, V>(_by);
    }
}
