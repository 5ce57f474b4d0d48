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

    private static void RunRows<T, TRow>(T* x, long rows, long n, T* y) where T : unmanaged where TRow : struct, IExponentialRow
    {
        if (rows != 0)
            WidestLane.Run<T, ExponentialRows<TRow>>(new(x, rows, n, y));
    }

    private readonly struct ExponentialRows<TRow>(void* x, long rows, long n, void* y) : ILaneWork where TRow : struct, IExponentialRow
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T>
        {
            // An exponential is worth some ten additions.
            int ranges = rows * n <= Ranges.Alone / 8 ? 1 : (int)Math.Min(rows, 4 * WorkerTeam.Shared.Threads);
            WorkerTeam.Shared.Run(ranges, new ExponentialRange<T, V, TRow>((T*)x, rows, n, (T*)y, ranges));
        }
    }

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
}
