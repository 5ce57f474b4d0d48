using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfOthers<T, V>(V max, T* x, long n, T* y) where T : unmanaged where V : struct, IVectorLane<V, T> =>
        V.Broadcast(SumOfOthers<T, V>(First<T, V>(max), x, n, y));

    [MethodImpl(Hot.Loop)]
    [SkipLocalsInit]
    private static T SumOfOthers<T, V>(T largest, T* x, long n, T* y) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        V max = V.Broadcast(largest);
        int block = FixedTree.Block<T>();
        T* tile = stackalloc T[y == null ? block : 0];
        T* levels = stackalloc T[FixedTree.MaxLevels];
        var pairs = new Pairs<T, SumOf>(levels);
        T* taken = null;
        T total = default;
        for (long at = 0; at < n; at += block)
        {
            int count = (int)Math.Min(block, n - at);
            T* terms = y == null ? tile : y + at;
            Loop.Run<T, V, UnaryBody<ShiftedExp<V>>>(new(new(max)), x + at, null, null, terms, count);
            if (taken == null && (taken = One(terms, count)) != null)
                *taken = default;
            total = FixedTree.OfBlock<T, V, SumOf>(terms, count);
            if (n > block)
                pairs.Add(total);
        }
        if (y != null && taken != null)
            *taken = First<T, V>(V.Constant(1));
        return n > block ? pairs.Total() : total;
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

    /// <summary>The first element of a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T First<T, V>(V lane) where T : unmanaged where V : struct, IVectorLane<V, T> => Unsafe.As<V, T>(ref lane);

    /// <summary>Whether a row of n elements is one vector, and that all the lanes there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOneVector<T, V>(long n) where T : unmanaged where V : struct, IVectorLane<V, T> =>
        (typeof(V) == typeof(Single512) || typeof(V) == typeof(Double512)) && n <= V.Count && n > 0;

    /// <summary>A row of one vector, filled up with -inf, NaN kept; and its largest element in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OneVector<T, V>(T* x, long n, out V max) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        V none = LargestOf.Neutral<V>(), row = n == V.Count ? V.Load(x) : Edge.Load(x, (int)n, none);
        max = V.Broadcast(FixedTree.ByHalves<T, V, LargestOf>(LargestOf.Combine(none, row)));
        return row;
    }

    /// <summary>The exponentials of one vector, and their sum without the term 1 of one largest element, in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OneVectorOfOthers<T, V>(V row, V max, out V terms) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        terms = V.Exp(Shift(row, max));
        return V.Broadcast(FixedTree.ByHalves<T, V, SumOf>(WithoutOne<V>(terms)));
    }

    // The first lane of 1 becomes 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithoutOne<V>(V terms) where V : struct
    {
        if (typeof(V) == typeof(Single512))
        {
            Vector512<float> all = Unsafe.BitCast<V, Single512>(terms).Value;
            int place = BitOperations.TrailingZeroCount(Vector512.Equals(all, Vector512<float>.One).ExtractMostSignificantBits());
            Vector512<float> taken = Vector512.Equals(Vector512<int>.Indices, Vector512.Create(place)).AsSingle();
            return Unsafe.BitCast<Single512, V>(new(Vector512.AndNot(all, taken)));
        }
        else
        {
            Vector512<double> all = Unsafe.BitCast<V, Double512>(terms).Value;
            int place = BitOperations.TrailingZeroCount(Vector512.Equals(all, Vector512<double>.One).ExtractMostSignificantBits());
            Vector512<double> taken = Vector512.Equals(Vector512<long>.Indices, Vector512.Create((long)place)).AsDouble();
            return Unsafe.BitCast<Double512, V>(new(Vector512.AndNot(all, taken)));
        }
    }

    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct ShiftedExp<TLane>(TLane max) : IUnary where TLane : struct, ILane<TLane>
    {
        private readonly TLane _max = max;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => V.Exp(Shift(x, Unsafe.BitCast<TLane, V>(_max)));
    }
}
