using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Brings the operands of an elementwise body to its inner loop: all at once if contiguous, else tile by tile.</summary>
internal static unsafe class Tiles
{
    /// <summary>y = body(a, b, c), all contiguous.</summary>
    public static void Contiguous<T, TBody>(TBody body, T* a, T* b, T* c, void* y, long count)
        where T : unmanaged
        where TBody : struct, IBody
    {
        var work = new ContiguousWork<T, TBody>(body, a, b, c, (byte*)y);
        if (count <= Ranges.Alone)
            work.Invoke(0, count);
        else
            Ranges.Run(count, work);
    }

    /// <summary>y = body(a, b, c), y contiguous. Operands beyond the body's arity are ignored.</summary>
    [SkipLocalsInit]
    public static void Strided<T, TBody>(TBody body, Strided<T> a, Strided<T> b, Strided<T> c, void* y)
        where T : unmanaged
        where TBody : struct, IBody
    {
        long count = a.Count;
        if (count == 0)
            return;
        MergedAxes.Merge(out MergedAxes aAxes, a.Sizes, a.Strides);
        Unsafe.SkipInit(out MergedAxes bAxes);
        Unsafe.SkipInit(out MergedAxes cAxes);
        bool contiguous = aAxes.IsContiguous;
        if (TBody.Arity > 1)
        {
            MergedAxes.Merge(out bAxes, b.Sizes, b.Strides);
            contiguous &= bAxes.IsContiguous;
        }
        if (TBody.Arity > 2)
        {
            MergedAxes.Merge(out cAxes, c.Sizes, c.Strides);
            contiguous &= cAxes.IsContiguous;
        }
        if (contiguous)
            Contiguous(body, a.Data, b.Data, c.Data, y, count);
        else
            Ranges.Run(count, new StridedWork<T, TBody>(body, new(a.Data, &aAxes), new(b.Data, &bAxes), new(c.Data, &cAxes), (byte*)y));
    }

    /// <summary>y = body(a, b, c) for a tile that the caller has cut: all contiguous, on this thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void One<T, TBody>(TBody body, T* a, T* b, T* c, void* y, long count)
        where T : unmanaged
        where TBody : struct, IBody =>
        WidestLane.Run<T, LoopWork<TBody>>(new(body, a, b, c, y, count));

    private static byte* At<T, TBody>(byte* y, long index) where T : unmanaged where TBody : struct, IBody =>
        y + index * (TBody.GivesMask ? 1 : sizeof(T));

    /// <summary>Where an operand lies and how.</summary>
    private readonly struct Operand<T>(T* data, MergedAxes* axes) where T : unmanaged
    {
        public readonly T* Data = data;
        public readonly MergedAxes* Axes = axes;
    }

    private readonly struct ContiguousWork<T, TBody>(TBody body, T* a, T* b, T* c, byte* y) : IRangeWork
        where T : unmanaged
        where TBody : struct, IBody
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(long start, long end) =>
            WidestLane.Run<T, LoopWork<TBody>>(new(body, a + start, b + start, c + start, At<T, TBody>(y, start), end - start));
    }

    private readonly struct StridedWork<T, TBody>(TBody body, Operand<T> a, Operand<T> b, Operand<T> c, byte* y) : IRangeWork
        where T : unmanaged
        where TBody : struct, IBody
    {
        [SkipLocalsInit]
        public void Invoke(long start, long end)
        {
            long length = Math.Min(Ranges.Tile, end - start);
            // Tiles begin on cache lines of 64 bytes, or every wide load of a gathered operand would touch two.
            byte* memory = stackalloc byte[TBody.Arity * Ranges.Tile * sizeof(T) + 63];
            T* tile = (T*)(((nint)memory + 63) & ~63);
            TileReader<T>.Start(out TileReader<T> aReader, a.Data, a.Axes, start);
            Unsafe.SkipInit(out TileReader<T> bReader);
            Unsafe.SkipInit(out TileReader<T> cReader);
            if (TBody.Arity > 1)
                TileReader<T>.Start(out bReader, b.Data, b.Axes, start);
            if (TBody.Arity > 2)
                TileReader<T>.Start(out cReader, c.Data, c.Axes, start);
            for (long at = start; at < end;)
            {
                long count = aReader.Suggest(Math.Min(length, end - at));
                if (TBody.Arity > 1)
                    count = bReader.Suggest(count);
                if (TBody.Arity > 2)
                    count = cReader.Suggest(count);
                T* aTile = aReader.Next(tile, count);
                T* bTile = TBody.Arity > 1 ? bReader.Next(tile + Ranges.Tile, count) : null;
                T* cTile = TBody.Arity > 2 ? cReader.Next(tile + 2 * Ranges.Tile, count) : null;
                WidestLane.Run<T, LoopWork<TBody>>(new(body, aTile, bTile, cTile, At<T, TBody>(y, at), count));
                at += count;
            }
        }
    }

    private readonly struct LoopWork<TBody>(TBody body, void* a, void* b, void* c, void* y, long count) : ILaneWork
        where TBody : struct, IBody
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T> =>
            Loop.Run<T, V, TBody>(body, (T*)a, (T*)b, (T*)c, y, count);
    }
}
