using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>The largest element of a row, and the sum of the exponentials of what the elements lie below it.</summary>
/// <remarks>Lanes come first: see docs/decisions/0010-portable-mode.md.</remarks>
internal static unsafe class ExponentialSum
{
    /// <summary>The largest element in every element of a lane. NaN is passed over, unless nothing else is left but -inf.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Max<T, V>(T* x, long n) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        if (n == 0)
            return LargestOf.Neutral<V>();
        V max = V.Broadcast(FixedTree.OfRow<T, V, LargestOf>(x, n));
        return Is<T, V>(max, double.NegativeInfinity) ? V.Broadcast(FixedTree.OfRow<T, V, MaxOf>(x, n)) : max;
    }

    /// <summary>The lane's first element is this number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is<T, V>(V lane, double number) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        T first = First<T, V>(lane);
        return typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(first) == number : Unsafe.BitCast<T, double>(first) == number;
    }

    /// <summary>x - max; 0 where they are equal, infinities too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Shift<V>(V x, V max) where V : struct, ILane<V> => V.Select(V.Equal(x, max), V.Constant(0), x - max);

    /// <summary>The sum, in every element of a lane; the exponentials go to y.</summary>
    [SkipLocalsInit]
    public static V Of<T, V>(V max, T* x, long n, T* y) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        int block = FixedTree.Block<T>();
        if (n <= block)
            return V.Broadcast(OfBlock(max, x, n, y));
        T* levels = stackalloc T[FixedTree.MaxLevels];
        var pairs = new Pairs<T, SumOf>(levels);
        for (long at = 0; at < n; at += block)
            pairs.Add(OfBlock(max, x + at, Math.Min(block, n - at), y + at));
        return V.Broadcast(pairs.Total());
    }

    /// <summary>The sum, in every element of a lane, without the term 1 of one largest element: so that log1p of it has all its digits where it is small. All exponentials go to y, unless that is null.</summary>
    [SkipLocalsInit]
    public static V OfOthers<T, V>(V max, T* x, long n, T* y) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        int block = FixedTree.Block<T>();
        T* tile = stackalloc T[y == null ? block : 0];
        T* levels = stackalloc T[FixedTree.MaxLevels];
        var pairs = new Pairs<T, SumOf>(levels);
        T* taken = null;
        for (long at = 0; at < n; at += block)
        {
            int count = (int)Math.Min(block, n - at);
            T* terms = y == null ? tile : y + at;
            Loop.Run<T, V, UnaryBody<ShiftedExp<V>>>(new(new(max)), x + at, null, null, terms, count);
            if (taken == null && (taken = One(terms, count)) != null)
                *taken = default;
            pairs.Add(FixedTree.OfBlock<T, V, SumOf>(terms, count));
        }
        if (y != null && taken != null)
            *taken = First<T, V>(V.Constant(1));
        return V.Broadcast(pairs.Total());
    }

    // Whichever term is 1: one that was rounded to it stands for that of the largest element as well. By patterns, since those are searched in vectors.
    private static T* One<T>(T* terms, int count) where T : unmanaged
    {
        int place = typeof(T) == typeof(float)
            ? new ReadOnlySpan<int>(terms, count).IndexOf(BitConverter.SingleToInt32Bits(1))
            : new ReadOnlySpan<long>(terms, count).IndexOf(BitConverter.DoubleToInt64Bits(1));
        return place < 0 ? null : terms + place;
    }

    private static T OfBlock<T, V>(V max, T* x, long count, T* y) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        Loop.Run<T, V, UnaryBody<ShiftedExp<V>>>(new(new(max)), x, null, null, y, count);
        return FixedTree.OfBlock<T, V, SumOf>(y, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [SkipLocalsInit]
    public static T First<T, V>(V lane) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        T* elements = stackalloc T[V.Count];
        V.Store(lane, elements);
        return elements[0];
    }

    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct ShiftedExp<TLane>(TLane max) : IUnary where TLane : struct, ILane<TLane>
    {
        private readonly TLane _max = max;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Exp(Shift(x, Unsafe.BitCast<TLane, V>(_max)));
    }
}
