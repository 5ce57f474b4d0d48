using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static unsafe partial class Reduction
{
    /// <summary>y[row] = log(sum(exp(x[row]))) for contiguous rows of n elements of float or double.</summary>
    /// <remarks>NaN if there is one; else +inf if there is one; -inf if all are, or if there is none.</remarks>
    public static void LogSumExp<T>(T* x, long rows, long n, T* y) where T : unmanaged =>
        RunRows<T, LogSumExpRow>(x, rows, n, y);

    /// <summary>y = exp(x) / sum(exp(x)) along contiguous rows of n elements; y may be x.</summary>
    /// <remarks>A row of -inf alone gives 0 everywhere. Elements of +inf share the row equally.</remarks>
    public static void Softmax<T>(T* x, long rows, long n, T* y) where T : unmanaged =>
        RunRows<T, SoftmaxRow>(x, rows, n, y);

    /// <summary>y = x - log(sum(exp(x))) along contiguous rows of n elements, the logarithm of the softmax; y may be x.</summary>
    public static void LogSoftmax<T>(T* x, long rows, long n, T* y) where T : unmanaged =>
        RunRows<T, LogSoftmaxRow>(x, rows, n, y);

    /// <summary>y = b - softmax(a) sum(b) along contiguous rows of n elements, at least one, as -b (softmax(a) - 1) - softmax(a) (sum(b) - b).</summary>
    /// <remarks>Where all but one of b are 0, that one meets its own probability's distance from 1 and nothing cancels. A row of -inf alone gives b.</remarks>
    public static void LogSoftmaxPullback<T>(T* a, T* b, long rows, long n, T* y) where T : unmanaged =>
        WidestLane.Run<T, PullbackRows>(new(a, b, rows, n, y));

    private static void RunRows<T, TRow>(T* x, long rows, long n, T* y) where T : unmanaged where TRow : struct, IExponentialRow
    {
        if (rows != 0)
            WidestLane.Run<T, ExponentialRows<TRow>>(new(x, rows, n, y));
    }

    private readonly struct ExponentialRows<TRow>(void* x, long rows, long n, void* y) : ILaneWork where TRow : struct, IExponentialRow
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T>
        {
            int ranges = RangesOf(rows, n);
            WorkerTeam.Shared.Run(ranges, new ExponentialRange<T, V, TRow>((T*)x, rows, n, (T*)y, ranges));
        }
    }

    // An exponential is worth some ten additions.
    private static int RangesOf(long rows, long n) => rows * n <= Ranges.Alone / 8 ? 1 : (int)Math.Min(rows, 4 * WorkerTeam.Shared.Threads);

    private readonly struct ExponentialRange<T, V, TRow>(T* x, long rows, long n, T* y, int ranges) : IWork
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
        where TRow : struct, IExponentialRow
    {
        public void Invoke(int part)
        {
            long end = (long)((Int128)rows * (part + 1) / ranges);
            for (long row = (long)((Int128)rows * part / ranges); row < end; row++)
                TRow.Run<T, V>(x + row * n, n, y + row * TRow.Results(n));
        }
    }

    private readonly struct PullbackRows(void* a, void* b, long rows, long n, void* y) : ILaneWork
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T>
        {
            int ranges = RangesOf(rows, n);
            WorkerTeam.Shared.Run(ranges, new PullbackRange<T, V>((T*)a, (T*)b, rows, n, (T*)y, ranges));
        }
    }

    private readonly struct PullbackRange<T, V>(T* a, T* b, long rows, long n, T* y, int ranges) : IWork
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
    {
        public void Invoke(int part)
        {
            long end = (long)((Int128)rows * (part + 1) / ranges);
            for (long row = (long)((Int128)rows * part / ranges); row < end; row++)
                RunRow(a + row * n, b + row * n, y + row * n);
        }

        [MethodImpl(Hot.Loop)]
        private void RunRow(T* a, T* b, T* y)
        {
            V max = ExponentialSum.Max<T, V>(a, n);
            if (ExponentialSum.Is<T, V>(max, double.NegativeInfinity))
            {
                new ReadOnlySpan<T>(b, checked((int)n)).CopyTo(new Span<T>(y, (int)n));
                return;
            }
            V others = ExponentialSum.OfOthers(max, a, n, y);
            V sum = V.Broadcast(FixedTree.OfRow<T, V, SumOf>(b, n));
            Pullback<V> body = new(max, V.Constant(1) + others, V.Log1p(others), sum);
            Loop.Run<T, V, TernaryBody<Pullback<V>>>(new(body), a, b, y, y, n);
        }
    }

    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct Pullback<TLane>(TLane max, TLane total, TLane logarithm, TLane sum) : ITernary where TLane : struct, ILane<TLane>
    {
        private readonly TLane _max = max;
        private readonly TLane _total = total;
        private readonly TLane _logarithm = logarithm;
        private readonly TLane _sum = sum;

        // c is e^(a - max): from the rounded logarithm of the probability it would be as many units off as that is large.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V a, V b, V c) where V : struct, ILane<V>
        {
            V logarithm = ExponentialSum.Shift(a, Unsafe.BitCast<TLane, V>(_max)) - Unsafe.BitCast<TLane, V>(_logarithm);
            V share = c / Unsafe.BitCast<TLane, V>(_total);
            return -(b * V.Expm1(logarithm)) - share * (Unsafe.BitCast<TLane, V>(_sum) - b);
        }
    }
}
