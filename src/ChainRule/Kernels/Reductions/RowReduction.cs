using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Reduces one result after another: each reads its elements in blocks, where they are or gathered.</summary>
internal readonly unsafe struct RowReduction<TReducer>(void* x, Reduction.Parts* parts, void* y) : ILaneWork
    where TReducer : struct, IReducer
{
    /// <summary>Elements below which a result is not cut between threads.</summary>
    private const long Long = 1 << 16;

    public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        int threads = WorkerTeam.Shared.Threads;
        long count = parts->Results * parts->Elements;
        if (count <= Ranges.Alone || threads == 1)
            new Rows<T, V>((T*)x, parts, (T*)y, 1).Invoke(0);
        else if (parts->Results >= 2 * threads || parts->Elements < Long)
            RunRows<T, V>((int)Math.Min(parts->Results, 4 * threads));
        else
            RunCut<T, V>();
    }

    private void RunRows<T, V>(int ranges) where T : unmanaged where V : struct, IVectorLane<V, T> =>
        WorkerTeam.Shared.Run(ranges, new Rows<T, V>((T*)x, parts, (T*)y, ranges));

    // Pieces of 2^k blocks are subtrees of the fixed tree, so the threads' pieces do not change it.
    [SkipLocalsInit]
    private void RunCut<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        const int Most = 256;
        long piece = Long;
        while ((parts->Elements + piece - 1) / piece > Most)
            piece *= 2;
        int pieces = (int)((parts->Elements + piece - 1) / piece);
        T* totals = stackalloc T[Most];
        T* levels = stackalloc T[FixedTree.MaxLevels];
        AxisWalk.Start(out AxisWalk walk, &parts->Kept, 0);
        for (long result = 0; result < parts->Results; result++, walk.Next())
        {
            WorkerTeam.Shared.Run(pieces, new Pieces<T, V>((T*)x + walk.Offset, parts, totals, piece));
            var pairs = new Pairs<T, TReducer>(levels);
            for (int i = 0; i < pieces; i++)
                pairs.Add(totals[i]);
            ((T*)y)[result] = pairs.Total();
        }
    }

    /// <summary>A range of results.</summary>
    private readonly struct Rows<T, V>(T* x, Reduction.Parts* parts, T* y, int ranges) : IWork
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
    {
        [SkipLocalsInit]
        public void Invoke(int part)
        {
            long start = (long)((Int128)parts->Results * part / ranges), end = (long)((Int128)parts->Results * (part + 1) / ranges);
            T* tile = stackalloc T[FixedTree.Block<T>()];
            AxisWalk.Start(out AxisWalk walk, &parts->Kept, start);
            TileReader<T>.Start(out TileReader<T> reader, x, &parts->Reduced, 0);
            for (long result = start; result < end; result++, walk.Next())
            {
                reader.Seek(x + walk.Offset, 0);
                y[result] = Total<T, V>(ref reader, tile, parts->Elements);
            }
        }
    }

    /// <summary>A piece of one result.</summary>
    private readonly struct Pieces<T, V>(T* x, Reduction.Parts* parts, T* totals, long piece) : IWork
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
    {
        [SkipLocalsInit]
        public void Invoke(int part)
        {
            long start = part * piece;
            T* tile = stackalloc T[FixedTree.Block<T>()];
            TileReader<T>.Start(out TileReader<T> reader, x, &parts->Reduced, start);
            totals[part] = Total<T, V>(ref reader, tile, Math.Min(piece, parts->Elements - start));
        }
    }

    [SkipLocalsInit]
    private static T Total<T, V>(ref TileReader<T> reader, T* tile, long count) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        int block = FixedTree.Block<T>();
        if (count <= block)
            return FixedTree.OfBlock<T, V, TReducer>(reader.Next(tile, count), count);
        T* levels = stackalloc T[FixedTree.MaxLevels];
        var pairs = new Pairs<T, TReducer>(levels);
        for (long at = 0; at < count; at += block)
        {
            long some = Math.Min(block, count - at);
            pairs.Add(FixedTree.OfBlock<T, V, TReducer>(reader.Next(tile, some), some));
        }
        return pairs.Total();
    }
}
