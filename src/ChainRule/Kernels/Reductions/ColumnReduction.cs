using System.Numerics;
using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Reduces many neighbouring results at once: vectors run across the results, and each has its own fixed tree.</summary>
internal readonly unsafe struct ColumnReduction<TReducer>(void* x, Reduction.Parts* parts, void* y) : ILaneWork
    where TReducer : struct, IReducer
{
    /// <summary>Bytes of results in a strip: the lanes of a strip fit into the first cache.</summary>
    private const int StripBytes = 512;

    public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        long width = StripBytes / sizeof(T), inner = parts->Kept.InnerSize;
        int threads = WorkerTeam.Shared.Threads;
        bool isAlone = threads == 1 || parts->Results * parts->Elements <= Ranges.Alone;
        // Narrower strips if there would be too few for the threads, down to a cache line of results.
        while (!isAlone && width > FixedTree.LaneBytes / sizeof(T) && parts->Results / inner * ((inner + width - 1) / width) < 2 * threads)
            width /= 2;
        long strips = parts->Results / inner * ((inner + width - 1) / width);
        int ranges = isAlone ? 1 : (int)Math.Min(strips, 4 * threads);
        WorkerTeam.Shared.Run(ranges, new Strips<T, V>((T*)x, parts, (T*)y, width, strips, ranges));
    }

    private readonly struct Strips<T, V>(T* x, Reduction.Parts* parts, T* y, long width, long strips, int ranges) : IWork
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
    {
        [SkipLocalsInit]
        public void Invoke(int part)
        {
            long inner = parts->Kept.InnerSize, stripsInRow = (inner + width - 1) / width, stride = parts->Kept.InnerStride;
            int levels = BitOperations.Log2((ulong)(parts->Elements / FixedTree.Block<T>()) + 1) + 2;
            byte* memory = stackalloc byte[(FixedTree.LaneBytes / sizeof(T) + levels + 1) * StripBytes + 63];
            long* offsets = stackalloc long[FixedTree.Block<T>()];
            var strip = new ColumnStrip<T, V, TReducer>((T*)(((nint)memory + 63) & ~63), offsets, StripBytes / sizeof(T), stride);
            long first = (long)((Int128)strips * part / ranges), last = (long)((Int128)strips * (part + 1) / ranges);
            for (long index = first; index < last; index++)
            {
                (long row, long column) = Math.DivRem(index, stripsInRow);
                column *= width;
                long result = row * inner + column;
                AxisWalk.Start(out AxisWalk walk, &parts->Kept, result);
                strip.Run(x + walk.Offset, parts, (int)Math.Min(width, inner - column), y + result);
            }
        }
    }
}
