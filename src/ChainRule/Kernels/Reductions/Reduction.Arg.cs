using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static unsafe partial class Reduction
{
    /// <summary>y = the place of the first largest element, counted over the reduced axes; of the first NaN if there is one.</summary>
    /// <remarks>+0 and -0 are equal here. There must be an element.</remarks>
    public static void ArgMax<T>(Strided<T> x, int kept, long* y) where T : unmanaged => RunArg<T, MaxOf>(x, kept, y);

    /// <summary>y = the place of the first smallest element, counted over the reduced axes; of the first NaN if there is one.</summary>
    /// <remarks>+0 and -0 are equal here. There must be an element.</remarks>
    public static void ArgMin<T>(Strided<T> x, int kept, long* y) where T : unmanaged => RunArg<T, MinOf>(x, kept, y);

    [SkipLocalsInit]
    private static void RunArg<T, TReducer>(Strided<T> x, int kept, long* y) where T : unmanaged where TReducer : struct, IReducer
    {
        Parts parts;
        Split(x, kept, &parts);
        if (parts.Results != 0 && parts.Elements != 0)
            WidestLane.Run<T, ArgWork<TReducer>>(new(x.Data, &parts, y));
    }

    private readonly struct ArgWork<TReducer>(void* x, Parts* parts, long* y) : ILaneWork where TReducer : struct, IReducer
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T>
        {
            int threads = WorkerTeam.Shared.Threads;
            int ranges = parts->Results * parts->Elements <= Ranges.Alone ? 1 : (int)Math.Min(parts->Results, 4 * threads);
            WorkerTeam.Shared.Run(ranges, new ArgRows<T, V, TReducer>((T*)x, parts, y, ranges));
        }
    }

    private readonly struct ArgRows<T, V, TReducer>(T* x, Parts* parts, long* y, int ranges) : IWork
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
        where TReducer : struct, IReducer
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
                y[result] = FirstBest(ref reader, tile);
            }
        }

        // The best of a block is found by vectors; only a block that beats the blocks before it is searched for the place.
        private long FirstBest(ref TileReader<T> reader, T* tile)
        {
            long place = 0;
            T best = default;
            for (long at = 0; at < parts->Elements; at += FixedTree.Block<T>())
            {
                long count = Math.Min(FixedTree.Block<T>(), parts->Elements - at);
                T* block = reader.Next(tile, count);
                T candidate = FixedTree.OfBlock<T, V, TReducer>(block, count);
                if (at != 0 && (Same(candidate, best) || !Same(FixedTree.Combine<T, TReducer>(candidate, best), candidate)))
                    continue;
                (best, place) = (candidate, at + IndexOf(block, candidate));
                if (IsNaN(best))
                    return place;
            }
            return place;
        }
    }

    private static bool IsNaN<T>(T x) where T : unmanaged =>
        (typeof(T) == typeof(float) && float.IsNaN(Unsafe.BitCast<T, float>(x))) || (typeof(T) == typeof(double) && double.IsNaN(Unsafe.BitCast<T, double>(x)));

    /// <summary>Equal as numbers; NaN is the same as NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Same<T>(T a, T b) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<T, float>(a) == Unsafe.BitCast<T, float>(b) || (IsNaN(a) && IsNaN(b));
        if (typeof(T) == typeof(double))
            return Unsafe.BitCast<T, double>(a) == Unsafe.BitCast<T, double>(b) || (IsNaN(a) && IsNaN(b));
        return EqualityComparer<T>.Default.Equals(a, b);
    }

    private static long IndexOf<T>(T* block, T value) where T : unmanaged
    {
        long index = 0;
        while (!Same(block[index], value))
            index++;
        return index;
    }
}
