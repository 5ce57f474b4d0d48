using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace ChainRule.Kernels;

/// <summary>A batch of matrix products, cut into blocks of C. A part is one block of one product, or several small products.</summary>
/// <remarks>
/// For each 256 of k, a part packs its columns of B (they stay in the second-level cache), then runs down the rows of A: a few
/// rows at a time (they stay in the first-level cache) times one strip of B after the other. A is read where it lies unless its
/// rows are strided. S is the lane of one element, for the columns that do not fill a vector. See docs/decisions/0004-matrix-products.md.
/// </remarks>
internal readonly unsafe struct Product<V, S, T, TEpilogue> : IWork
    where V : struct, IVectorLane<V, T>
    where S : struct, IVectorLane<S, T>
    where T : unmanaged
    where TEpilogue : struct, IEpilogue
{
    private const int WidthBytes = 1920;
    private const int ScratchRows = 128;
    private const int StripBytes = Gemm.Depth * WidthBytes;
    private const int PanelBytes = Gemm.Depth * 8 * sizeof(double);
    private const int TileBytes = 8 * 3 * 64;
    private const int WorkspaceBytes = StripBytes + PanelBytes + TileBytes + ScratchRows * WidthBytes;

    // Below so many multiply-adds the start of a second thread costs more than it brings.
    private const double ParallelWork = 1 << 20;

    private readonly long _m, _n, _k;
    private readonly MatrixView<T> _a, _b, _c;
    private readonly TEpilogue _epilogue;
    private readonly long _batch;
    private readonly int _rowBlocks, _columnBlocks, _groups;
    private readonly bool _packA, _packB;

    public Product(long batch, long m, long n, long k, MatrixView<T> a, MatrixView<T> b, MatrixView<T> c, TEpilogue epilogue)
    {
        (_batch, _m, _n, _k, _a, _b, _c, _epilogue) = (batch, m, n, k, a, b, c, epilogue);
        int threads = WorkerTeam.Shared.Threads;
        double work = (double)m * n * Math.Max(k, 1);
        long vectors = Ceiling(n, V.Count);
        long columnBlocks = Ceiling(vectors, MaxVectors), rowBlocks = 1, groups = batch;
        if (threads > 1 && work > ParallelWork)
        {
            columnBlocks = columnBlocks < threads ? Math.Max(columnBlocks, Math.Min(threads, vectors / 3)) : Ceiling(columnBlocks, threads) * threads;
            rowBlocks = Math.Min(Ceiling(threads, columnBlocks), Ceiling(m, TileRows));
        }
        else if (threads == 1 || work * batch < ParallelWork)
        {
            groups = 1;
        }
        else
        {
            groups = Math.Min(batch, 4 * threads);
        }
        (_rowBlocks, _columnBlocks, _groups) = ((int)rowBlocks, (int)columnBlocks, (int)groups);
        _packB = b.Column != 1 || m / rowBlocks > 4 * TileRows;
        _packA = a.Column * sizeof(T) >= 4096;
    }

    private static int TileRows => MicroKernel<V, T>.Rows;

    private static int MaxVectors => WidthBytes / sizeof(T) / V.Count;

    public void Run()
    {
        int parts = _groups * _rowBlocks * _columnBlocks;
        if (parts == 1)
            Invoke(0);
        else
            WorkerTeam.Shared.Run(parts, this);
    }

    public void Invoke(int part)
    {
        (int group, int block) = Math.DivRem(part, _rowBlocks * _columnBlocks);
        (int rowBlock, int columnBlock) = Math.DivRem(block, _columnBlocks);
        long panels = Ceiling(_m, TileRows), vectors = Ceiling(_n, V.Count);
        long top = panels * rowBlock / _rowBlocks * TileRows, bottom = Math.Min(_m, panels * (rowBlock + 1) / _rowBlocks * TileRows);
        long left = vectors * columnBlock / _columnBlocks * V.Count, right = Math.Min(_n, vectors * (columnBlock + 1) / _columnBlocks * V.Count);
        for (long index = _batch * group / _groups; index < _batch * (group + 1) / _groups; index++)
            Block(_a.Of(index), _b.Of(index), _c.Of(index), top, bottom, left, right);
    }

    private void Block(MatrixView<T> a, MatrixView<T> b, MatrixView<T> c, long top, long bottom, long left, long right)
    {
        byte* memory = Workspace.Of(WorkspaceBytes);
        if (!TEpilogue.ReadsTarget || _k <= Gemm.Depth)
        {
            Sweep(memory, a, b, c, c, top, bottom, left, right);
            return;
        }
        // C still holds what the epilogue needs, so the sums of all blocks of k but the last grow elsewhere.
        T* scratch = (T*)(memory + StripBytes + PanelBytes + TileBytes);
        long row = WidthBytes / sizeof(T);
        for (; top < bottom; top += ScratchRows)
            Sweep(memory, a, b, c, new MatrixView<T>(scratch - top * row - left, row, 1, 0), top, Math.Min(bottom, top + ScratchRows), left, right);
    }

    private void Sweep(byte* memory, MatrixView<T> a, MatrixView<T> b, MatrixView<T> c, MatrixView<T> sums, long top, long bottom, long left, long right)
    {
        T* strips = (T*)memory, panel = (T*)(memory + StripBytes), tile = (T*)(memory + StripBytes + PanelBytes);
        long start = 0;
        do
        {
            long depth = Math.Min(Gemm.Depth, _k - start);
            bool add = start > 0, last = start + depth >= _k;
            PackStrips(depth, b.At(start, 0), strips, left, right);
            for (long i = top; i < bottom; i += TileRows)
            {
                int rows = (int)Math.Min(TileRows, bottom - i);
                var rowsOfA = new MatrixView<T>(a.At(i, start), a.Row, a.Column, 0);
                if (_packA)
                {
                    Packing.Strip<V, T>(depth, rowsOfA.Start, a.Column, a.Row, panel, TileRows, rows);
                    rowsOfA = new MatrixView<T>(panel, 1, TileRows, 0);
                }
                for (long j = left; j < right;)
                {
                    int vectors = MicroKernel<V, T>.VectorsFor(right - j), width = vectors * V.Count;
                    int count = (int)Math.Min(width, right - j);
                    bool packed = _packB || count < width;
                    T* strip = packed ? strips + (_packB ? (j - left) * depth : 0) : b.At(start, j);
                    long stripRow = packed ? width : b.Row;
                    if (count == width && (!last || typeof(TEpilogue) == typeof(NoEpilogue)))
                    {
                        MicroKernel<V, T>.Run(rows, vectors, depth, rowsOfA.Start, rowsOfA.Row, rowsOfA.Column, strip, stripRow, sums.At(i, j), sums.Row, add);
                    }
                    else
                    {
                        MicroKernel<V, T>.Run(rows, vectors, depth, rowsOfA.Start, rowsOfA.Row, rowsOfA.Column, strip, stripRow, tile, width, false);
                        if (last)
                            Finish(_epilogue, tile, width, rows, count, sums, add, c, i, j);
                        else
                            Finish(default(NoEpilogue), tile, width, rows, count, sums, add, sums, i, j);
                    }
                    j += width;
                }
            }
            start += depth;
        }
        while (start < _k);
    }

    private void PackStrips(long depth, T* b, T* strips, long left, long right)
    {
        for (long j = left; j < right;)
        {
            int width = MicroKernel<V, T>.VectorsFor(right - j) * V.Count;
            int count = (int)Math.Min(width, right - j);
            if (_packB || count < width)
                Packing.Strip<V, T>(depth, b + j * _b.Column, _b.Row, _b.Column, strips + (_packB ? (j - left) * depth : 0), width, count);
            j += width;
        }
    }

    [MethodImpl(Hot.Loop)]
    private static void Finish<TLast>(TLast epilogue, T* tile, int width, int rows, int count, MatrixView<T> sums, bool add, MatrixView<T> c, long i, long j)
        where TLast : struct, IEpilogue
    {
        for (int row = 0; row < rows; row++, tile += width)
        {
            T* sum = sums.At(i + row, j), target = c.At(i + row, j);
            int column = 0;
            for (; column + V.Count <= count; column += V.Count)
            {
                V value = V.Load(tile + column);
                if (add)
                    value = V.Load(sum + column) + value;
                V.Store(epilogue.Apply<V, T>(value, target + column, i + row, j + column), target + column);
            }
            for (; column < count; column++)
            {
                S value = S.Load(tile + column);
                if (add)
                    value = S.Load(sum + column) + value;
                S.Store(epilogue.Apply<S, T>(value, target + column, i + row, j + column), target + column);
            }
        }
    }

    private static long Ceiling(long a, long b) => (a + b - 1) / b;
}
