namespace ChainRule.Kernels;

/// <summary>Products with a right operand that is packed once and used again and again, by one thread; sums as in <see cref="Gemm"/>.</summary>
internal static unsafe class PackedProduct<V, T>
    where V : struct, IVectorLane<V, T>
    where T : unmanaged
{
    /// <summary>Elements of a tile for columns that do not fill a vector.</summary>
    public static long TileElements => 8 * 3 * V.Count;

    /// <summary>Elements that a packed k x n matrix takes.</summary>
    public static long Size(long k, long n) => k * Columns(n);

    /// <summary>Packs a k x n matrix.</summary>
    public static void Pack(long k, long n, MatrixView<T> b, T* packed)
    {
        for (long start = 0; start < k; start += Gemm.Depth)
        {
            long depth = Math.Min(Gemm.Depth, k - start);
            for (long column = 0, width; column < n; column += width)
            {
                width = MicroKernel<V, T>.VectorsFor(n - column) * V.Count;
                Packing.Strip<V, T>(depth, b.At(start, column), b.Row, b.Column, packed + start * Columns(n) + column * depth, (int)width, (int)Math.Min(width, n - column));
            }
        }
    }

    /// <summary>C = A B for a packed B; the rows of A are contiguous.</summary>
    public static void Run(long m, long n, long k, T* a, long aRow, T* packed, T* c, long cRow, T* tile)
    {
        for (long start = 0; start < k; start += Gemm.Depth)
            Block(m, n, Math.Min(Gemm.Depth, k - start), a + start, aRow, packed + start * Columns(n), c, cRow, tile, start > 0);
    }

    /// <summary>C (+)= A B for one block of k whose strips lie one behind the other.</summary>
    public static void Block(long m, long n, long depth, T* a, long aRow, T* strips, T* c, long cRow, T* tile, bool add)
    {
        int step = MicroKernel<V, T>.Rows;
        for (long i = 0; i < m; i += step)
        {
            int rows = (int)Math.Min(step, m - i);
            for (long j = 0, width; j < n; j += width)
            {
                int vectors = MicroKernel<V, T>.VectorsFor(n - j);
                width = vectors * V.Count;
                T* target = c + i * cRow + j;
                if (j + width <= n)
                {
                    MicroKernel<V, T>.Run(rows, vectors, depth, a + i * aRow, aRow, 1, strips + j * depth, width, target, cRow, add);
                    continue;
                }
                MicroKernel<V, T>.Run(rows, vectors, depth, a + i * aRow, aRow, 1, strips + j * depth, width, tile, width, false);
                TileStore<V, T>.Put(tile, width, rows, n - j, target, cRow, add);
            }
        }
    }

    private static long Columns(long n) => (n + V.Count - 1) / V.Count * V.Count;
}
