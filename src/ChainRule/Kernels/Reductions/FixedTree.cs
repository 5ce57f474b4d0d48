using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ChainRule.Kernels;

/// <summary>The one order in which elements are combined, whatever the layout, the processor and the number of threads.</summary>
/// <remarks>
/// The elements of one result, in row-major order of the reduced axes, are cut into blocks of 4096 bytes (1024 floats, 512 doubles).
/// A block has 64 bytes of virtual lanes (16 floats, 8 doubles): lane l combines the elements whose place in the block is l modulo the
/// number of lanes, in order. Lanes are then combined by halves: l with l + 8, l + 4, l + 2, l + 1 (from l + 4 for doubles). Lanes that a
/// short block leaves empty are skipped, which is the same as filling them with the neutral value. The blocks are combined in pairs:
/// n blocks are the first p of them and then the others, both in this same way, where p is the largest power of 2 below n.
/// </remarks>
internal static unsafe class FixedTree
{
    public const int LaneBytes = 64;
    public const int BlockBytes = 4096;

    /// <summary>The most levels of pairs there can be.</summary>
    public const int MaxLevels = 64;

    public static int Lanes<T>() where T : unmanaged => LaneBytes / sizeof(T);
    public static int Block<T>() where T : unmanaged => BlockBytes / sizeof(T);

    /// <summary>Whether n elements are one block whose virtual lanes are one vector, so that a loop that makes the elements can sum them up as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOneBlock<T, V>(long n) where T : unmanaged where V : struct, IVectorLane<V, T> =>
        (typeof(V) == typeof(Single512) || typeof(V) == typeof(Double512)) && n > 0 && n <= Block<T>();

    /// <summary>Combines the elements of up to one block, at least one.</summary>
    [MethodImpl(Hot.Loop)]
    [SkipLocalsInit]
    public static T OfBlock<T, V, TReducer>(T* x, long count)
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
        where TReducer : struct, IReducer
    {
        if (typeof(V) == typeof(Single512) || typeof(V) == typeof(Double512))
            return ByHalves<T, V, TReducer>(Whole<T, V, TReducer>(x, count));
        T* lanes = stackalloc T[Lanes<T>()];
        BlockLanes<T, V, TReducer>(x, count, lanes);
        return ByHalves<T, TReducer>(lanes);
    }

    /// <summary>Combines the elements of a contiguous row, at least one.</summary>
    [SkipLocalsInit]
    public static T OfRow<T, V, TReducer>(T* x, long count)
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
        where TReducer : struct, IReducer
    {
        if (count <= Block<T>())
            return OfBlock<T, V, TReducer>(x, count);
        T* levels = stackalloc T[MaxLevels];
        var pairs = new Pairs<T, TReducer>(levels);
        for (long at = 0; at < count; at += Block<T>())
            pairs.Add(OfBlock<T, V, TReducer>(x + at, Math.Min(Block<T>(), count - at)));
        return pairs.Total();
    }

    /// <summary>Combines two values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Combine<T, TReducer>(T a, T b) where T : unmanaged where TReducer : struct, IReducer
    {
        if (typeof(T) == typeof(float))
            return Combine<float, Single1, TReducer, T>(a, b);
        if (typeof(T) == typeof(double))
            return Combine<double, Double1, TReducer, T>(a, b);
        if (typeof(T) == typeof(int))
            return Combine<int, Int32Lane, TReducer, T>(a, b);
        return Combine<long, Int64Lane, TReducer, T>(a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut Combine<T, V, TReducer, TOut>(TOut a, TOut b)
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
        where TReducer : struct, IReducer
        where TOut : unmanaged
    {
        V combined = TReducer.Combine(V.Load((T*)&a), V.Load((T*)&b));
        V.Store(combined, (T*)&a);
        return a;
    }

    /// <summary>The lanes of a block where one vector holds them all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Whole<T, V, TReducer>(T* x, long count)
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
        where TReducer : struct, IReducer
    {
        long whole = count - count % Lanes<T>(), i = 0;
        V a = TReducer.Neutral<V>(), b = a, c = a, d = a;
        if (TReducer.IsOrderFree)
        {
            for (; i <= whole - 4 * Lanes<T>(); i += 4 * Lanes<T>())
            {
                a = TReducer.Combine(a, V.Load(x + i));
                b = TReducer.Combine(b, V.Load(x + i + V.Count));
                c = TReducer.Combine(c, V.Load(x + i + 2 * V.Count));
                d = TReducer.Combine(d, V.Load(x + i + 3 * V.Count));
            }
            a = TReducer.Combine(TReducer.Combine(a, b), TReducer.Combine(c, d));
        }
        for (; i < whole; i += Lanes<T>())
            a = TReducer.Combine(a, V.Load(x + i));
        if (whole < count)
            a = TReducer.Combine(a, Edge.Load(x + whole, (int)(count - whole), TReducer.Neutral<V>()));
        return a;
    }

    /// <summary>Combines all lanes of one vector, by halves as in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ByHalves<T, V, TReducer>(V lanes)
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
        where TReducer : struct, IReducer
    {
        if (typeof(V) == typeof(Single512))
        {
            Vector512<float> all = Unsafe.BitCast<V, Single512>(lanes).Value;
            Vector256<float> half = TReducer.Combine(new Single256(all.GetLower()), new Single256(all.GetUpper())).Value;
            Single128 four = TReducer.Combine(new Single128(half.GetLower()), new Single128(half.GetUpper()));
            Single128 two = TReducer.Combine(four, new Single128(Vector128.Shuffle(four.Value, Vector128.Create(2, 3, 0, 1))));
            float one = TReducer.Combine(two, new Single128(Vector128.Shuffle(two.Value, Vector128.Create(1, 0, 3, 2)))).Value.ToScalar();
            return Unsafe.BitCast<float, T>(one);
        }
        else
        {
            Vector512<double> all = Unsafe.BitCast<V, Double512>(lanes).Value;
            Vector256<double> half = TReducer.Combine(new Double256(all.GetLower()), new Double256(all.GetUpper())).Value;
            Double128 two = TReducer.Combine(new Double128(half.GetLower()), new Double128(half.GetUpper()));
            double one = TReducer.Combine(two, new Double128(Vector128.Shuffle(two.Value, Vector128.Create(1L, 0L)))).Value.ToScalar();
            return Unsafe.BitCast<double, T>(one);
        }
    }

    [MethodImpl(Hot.Loop)]
    [SkipLocalsInit]
    private static void BlockLanes<T, V, TReducer>(T* x, long count, T* lanes)
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
        where TReducer : struct, IReducer
    {
        if (V.Count == Lanes<T>())
        {
            V.Store(Whole<T, V, TReducer>(x, count), lanes);
            return;
        }
        long whole = count - count % Lanes<T>();
        V a = TReducer.Neutral<V>(), b = a, c = a, d = a;
        if (V.Count * 2 == Lanes<T>())
        {
            for (long i = 0; i < whole; i += Lanes<T>())
            {
                a = TReducer.Combine(a, V.Load(x + i));
                b = TReducer.Combine(b, V.Load(x + i + V.Count));
            }
            V.Store(a, lanes);
            V.Store(b, lanes + V.Count);
        }
        else if (V.Count * 4 == Lanes<T>())
        {
            for (long i = 0; i < whole; i += Lanes<T>())
            {
                a = TReducer.Combine(a, V.Load(x + i));
                b = TReducer.Combine(b, V.Load(x + i + V.Count));
                c = TReducer.Combine(c, V.Load(x + i + 2 * V.Count));
                d = TReducer.Combine(d, V.Load(x + i + 3 * V.Count));
            }
            V.Store(a, lanes);
            V.Store(b, lanes + V.Count);
            V.Store(c, lanes + 2 * V.Count);
            V.Store(d, lanes + 3 * V.Count);
        }
        else
        {
            for (int lane = 0; lane < Lanes<T>(); lane += V.Count)
                V.Store(a, lanes + lane);
            for (long i = 0; i < whole; i += V.Count)
            {
                T* lane = lanes + i % Lanes<T>();
                V.Store(TReducer.Combine(V.Load(lane), V.Load(x + i)), lane);
            }
        }
        for (long i = whole; i < count; i++)
            lanes[i - whole] = Combine<T, TReducer>(lanes[i - whole], x[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ByHalves<T, TReducer>(T* lanes) where T : unmanaged where TReducer : struct, IReducer
    {
        if (typeof(T) == typeof(float))
            Quarter<float, Single128, TReducer>((float*)lanes);
        else if (typeof(T) == typeof(double))
            Quarter<double, Double128, TReducer>((double*)lanes);
        else
            Halve<T, TReducer>(lanes, Lanes<T>(), Lanes<T>() / 4);
        Halve<T, TReducer>(lanes, Lanes<T>() / 4, 1);
        return lanes[0];
    }

    // The first two halvings at once: a vector holds a quarter of the lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter<T, V, TReducer>(T* lanes)
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
        where TReducer : struct, IReducer
    {
        V low = TReducer.Combine(V.Load(lanes), V.Load(lanes + 2 * V.Count));
        V high = TReducer.Combine(V.Load(lanes + V.Count), V.Load(lanes + 3 * V.Count));
        V.Store(TReducer.Combine(low, high), lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halve<T, TReducer>(T* lanes, int from, int to) where T : unmanaged where TReducer : struct, IReducer
    {
        for (int half = from / 2; half >= to; half /= 2)
        {
            for (int lane = 0; lane < half; lane++)
                lanes[lane] = Combine<T, TReducer>(lanes[lane], lanes[lane + half]);
        }
    }
}
