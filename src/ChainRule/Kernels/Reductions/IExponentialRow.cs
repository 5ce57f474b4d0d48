using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>What is done to one contiguous row of a softmax or of its kin.</summary>
internal unsafe interface IExponentialRow
{
    /// <summary>How many results a row of n elements has.</summary>
    static abstract long Results(long n);

    static abstract void Run<T, V>(T* x, long n, T* y) where T : unmanaged where V : struct, IVectorLane<V, T>;
}

/// <summary>y = log(sum(exp(x))), as max + log1p of the sum of all but one largest term.</summary>
internal readonly unsafe struct LogSumExpRow : IExponentialRow
{
    public static long Results(long n) => 1;

    [MethodImpl(Hot.Loop)]
    public static void Run<T, V>(T* x, long n, T* y) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        V max = ExponentialSum.Max<T, V>(x, n), sum = max;
        if (!ExponentialSum.Is<T, V>(max, double.NegativeInfinity))
            sum = max + V.Log1p(ExponentialSum.OfOthers(max, x, n, null));
        *y = ExponentialSum.First<T, V>(sum);
    }
}

/// <summary>y = exp(x) / sum(exp(x)).</summary>
internal readonly unsafe struct SoftmaxRow : IExponentialRow
{
    public static long Results(long n) => n;

    [MethodImpl(Hot.Loop)]
    public static void Run<T, V>(T* x, long n, T* y) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        if (FixedTree.IsOneBlock<T, V>(n) && TryRunBlock<T, V>(x, n, y)) return;
        V max = ExponentialSum.Max<T, V>(x, n);
        if (ExponentialSum.Is<T, V>(max, double.NegativeInfinity))
        {
            Runs.Fill(y, 1, n, default);
            return;
        }
        V sum = ExponentialSum.Of(max, x, n, y);
        Loop.Run<T, V, UnaryBody<DivideBy<V>>>(new(new(sum)), y, null, null, y, n);
    }

    // The same sums as ExponentialSum's, taken while the terms are made.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryRunBlock<T, V>(T* x, long n, T* y) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        V max = V.Broadcast(FixedTree.ByHalves<T, V, LargestOf>(FixedTree.Whole<T, V, LargestOf>(x, n))), sum = SumOf.Neutral<V>();
        if (ExponentialSum.Is<T, V>(max, double.NegativeInfinity)) return false;
        long i = 0;
        int rest = (int)(n % V.Count);
        for (; i < n - rest; i += V.Count)
        {
            V term = V.Exp(ExponentialSum.Shift(V.Load(x + i), max));
            V.Store(term, y + i);
            sum += term;
        }
        if (rest > 0)
        {
            // Lanes beyond the row have -inf, whose exponential adds nothing.
            V term = V.Exp(ExponentialSum.Shift(Edge.Load(x + i, rest, LargestOf.Neutral<V>()), max));
            Edge.Store(term, y + i, rest);
            sum += term;
        }
        sum = V.Broadcast(FixedTree.ByHalves<T, V, SumOf>(sum));
        for (i = 0; i < n - rest; i += V.Count)
            V.Store(V.Load(y + i) / sum, y + i);
        if (rest > 0)
            Edge.Store(Edge.Load(y + i, rest, sum) / sum, y + i, rest);
        return true;
    }

    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct DivideBy<TLane>(TLane divisor) : IUnary where TLane : struct, ILane<TLane>
    {
        private readonly TLane _divisor = divisor;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => x / Unsafe.BitCast<TLane, V>(_divisor);
    }
}

/// <summary>y = (x - max) - log1p(sum of exp(x - max) but for one largest term): the logarithm of a probability near 1 keeps its digits.</summary>
internal readonly unsafe struct LogSoftmaxRow : IExponentialRow
{
    public static long Results(long n) => n;

    [MethodImpl(Hot.Loop)]
    public static void Run<T, V>(T* x, long n, T* y) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        V max = ExponentialSum.Max<T, V>(x, n);
        if (ExponentialSum.Is<T, V>(max, double.NegativeInfinity))
        {
            Runs.Fill(y, 1, n, ExponentialSum.First<T, V>(max));
            return;
        }
        V logarithm = V.Log1p(ExponentialSum.OfOthers(max, x, n, null));
        Loop.Run<T, V, UnaryBody<ShiftTwice<V>>>(new(new(max, logarithm)), x, null, null, y, n);
    }

    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct ShiftTwice<TLane>(TLane max, TLane logarithm) : IUnary where TLane : struct, ILane<TLane>
    {
        private readonly TLane _max = max;
        private readonly TLane _logarithm = logarithm;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => ExponentialSum.Shift(x, Unsafe.BitCast<TLane, V>(_max)) - Unsafe.BitCast<TLane, V>(_logarithm);
    }
}
