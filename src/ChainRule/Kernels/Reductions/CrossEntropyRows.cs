using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>The cross entropy of the softmax of rows with one class each, and its slope, each in a single pass over the logits.</summary>
/// <remarks>The values are those of <see cref="Reduction.LogSoftmax"/> at the class, and of its pullback for a cotangent that is 0 elsewhere.</remarks>
internal static unsafe class CrossEntropyRows
{
    /// <summary>y[row] = log(sum(exp(x[row]))) - x[row, class].</summary>
    public static void Forward<T>(T* x, long* classes, long rows, long n, T* y) where T : unmanaged =>
        WidestLane.Run<T, ForwardWork>(new(x, classes, rows, n, y));

    /// <summary>y[row] = c[row] (softmax(x[row]) - 1 at the class); c lies <paramref name="step"/> elements apart, 0 for one of all rows.</summary>
    public static void Slope<T>(T* x, long* classes, T* c, long step, long rows, long n, T* y) where T : unmanaged =>
        WidestLane.Run<T, SlopeWork>(new(x, classes, c, step, rows, n, y));

    [MethodImpl(Hot.Loop)]
    private static T ForwardRow<T, V>(T* x, long own, long n) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        V max;
        if (ExponentialSum.IsOneVector<T, V>(n))
        {
            V row = ExponentialSum.OneVector(x, n, out max);
            if (!ExponentialSum.Is<T, V>(max, double.NegativeInfinity))
                return ExponentialSum.First<T, V>(-(ExponentialSum.Shift(V.Broadcast(x[own]), max) - V.Log1p(ExponentialSum.OneVectorOfOthers<T, V>(row, max, out _))));
        }
        max = ExponentialSum.Max<T, V>(x, n);
        if (ExponentialSum.Is<T, V>(max, double.NegativeInfinity))
            return ExponentialSum.First<T, V>(-max);
        V logarithm = V.Log1p(ExponentialSum.OfOthers(max, x, n, null));
        return ExponentialSum.First<T, V>(-(ExponentialSum.Shift(V.Broadcast(x[own]), max) - logarithm));
    }

    [MethodImpl(Hot.Loop)]
    private static void SlopeRow<T, V>(T* x, long own, T c, long n, T* y) where T : unmanaged where V : struct, IVectorLane<V, T>
    {
        V max, cotangent = V.Broadcast(c);
        if (ExponentialSum.IsOneVector<T, V>(n))
        {
            V row = ExponentialSum.OneVector(x, n, out max);
            if (!ExponentialSum.Is<T, V>(max, double.NegativeInfinity))
            {
                V rest = ExponentialSum.OneVectorOfOthers<T, V>(row, max, out V terms);
                V result = terms / (V.Constant(1) + rest) * cotangent;
                if (n == V.Count)
                    V.Store(result, y);
                else
                    Edge.Store(result, y, (int)n);
                y[own] = OwnSlope<T, V>(x[own], max, rest, cotangent);
                return;
            }
        }
        max = ExponentialSum.Max<T, V>(x, n);
        if (ExponentialSum.Is<T, V>(max, double.NegativeInfinity))
        {
            Runs.Fill(y, 1, n, default);
            y[own] = ExponentialSum.First<T, V>(-cotangent);
            return;
        }
        V others = ExponentialSum.OfOthers(max, x, n, y);
        Loop.Run<T, V, UnaryBody<Share<V>>>(new(new(cotangent, V.Constant(1) + others)), y, null, null, y, n);
        y[own] = OwnSlope<T, V>(x[own], max, others, cotangent);
    }

    // c·expm1 of the logarithm of its probability keeps the distance from 1 of one that is nearly certain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T OwnSlope<T, V>(T x, V max, V others, V cotangent) where T : unmanaged where V : struct, IVectorLane<V, T> =>
        ExponentialSum.First<T, V>(cotangent * V.Expm1(ExponentialSum.Shift(V.Broadcast(x), max) - V.Log1p(others)));

    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct Share<TLane>(TLane cotangent, TLane total) : IUnary where TLane : struct, ILane<TLane>
    {
        private readonly TLane _cotangent = cotangent, _total = total;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Invoke<V>(V x) where V : struct, ILane<V> => x / Unsafe.BitCast<TLane, V>(_total) * Unsafe.BitCast<TLane, V>(_cotangent);
    }

    // An exponential is worth some sixteen multiplications.
    private static long CostOf(long n) => 16 * n;

    private readonly struct ForwardWork(void* x, long* classes, long rows, long n, void* y) : ILaneWork
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T> =>
            Units.Run(rows, CostOf(n), new ForwardRows<T, V>((T*)x, classes, n, (T*)y));
    }

    private readonly struct ForwardRows<T, V>(T* x, long* classes, long n, T* y) : IRangeWork
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
    {
        public void Invoke(long start, long end)
        {
            for (long row = start; row < end; row++)
                y[row] = ForwardRow<T, V>(x + row * n, classes[row], n);
        }
    }

    private readonly struct SlopeWork(void* x, long* classes, void* c, long step, long rows, long n, void* y) : ILaneWork
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T> =>
            Units.Run(rows, CostOf(n), new SlopeRows<T, V>((T*)x, classes, (T*)c, step, n, (T*)y));
    }

    private readonly struct SlopeRows<T, V>(T* x, long* classes, T* c, long step, long n, T* y) : IRangeWork
        where T : unmanaged
        where V : struct, IVectorLane<V, T>
    {
        public void Invoke(long start, long end)
        {
            for (long row = start; row < end; row++)
                SlopeRow<T, V>(x + row * n, classes[row], c[row * step], n, y + row * n);
        }
    }
}
