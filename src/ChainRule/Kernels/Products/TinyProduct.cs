using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace ChainRule.Kernels;

/// <summary>Products of a few numbers, one element at a time: planning blocks and packing would cost more than the sums.</summary>
internal static unsafe class TinyProduct<S, T>
    where S : struct, IVectorLane<S, T>
    where T : unmanaged
{
    private const long MostMultiplyAdds = 256;
    private const long MostColumns = 15;

    /// <summary>Few multiply-adds (so k is at most one block of the sum, too) and too narrow for a vector.</summary>
    [MethodImpl(AggressiveInlining)]
    public static bool Suits(long m, long n, long k) =>
        n <= MostColumns && m <= MostMultiplyAdds && k <= MostMultiplyAdds && m * n * k <= MostMultiplyAdds;

    /// <summary>C = epilogue(A B), four rows at a time so that the latency of a multiply-add is shared.</summary>
    [MethodImpl(Hot.Loop)]
    public static void Run<TEpilogue>(long m, long n, long k, MatrixView<T> a, MatrixView<T> b, T* c, long cRow, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        for (long i = 0; i < m; i += 4)
        {
            // A missing row reads the last one again; its sum is not stored.
            long last = m - 1 - i;
            long a1 = a.Row * Math.Min(1, last), a2 = a.Row * Math.Min(2, last), a3 = a.Row * Math.Min(3, last);
            for (long j = 0; j < n; j++)
            {
                S sum0 = default, sum1 = default, sum2 = default, sum3 = default;
                T* left = a.At(i, 0), right = b.At(0, j);
                for (long p = 0; p < k; p++, left += a.Column, right += b.Row)
                {
                    S factor = S.Load(right);
                    sum0 = S.Fma(S.Load(left), factor, sum0);
                    sum1 = S.Fma(S.Load(left + a1), factor, sum1);
                    sum2 = S.Fma(S.Load(left + a2), factor, sum2);
                    sum3 = S.Fma(S.Load(left + a3), factor, sum3);
                }
                T* target = c + i * cRow + j;
                S.Store(epilogue.Apply<S, T>(sum0, target, i, j), target);
                if (last > 0)
                    S.Store(epilogue.Apply<S, T>(sum1, target + cRow, i + 1, j), target + cRow);
                if (last > 1)
                    S.Store(epilogue.Apply<S, T>(sum2, target + 2 * cRow, i + 2, j), target + 2 * cRow);
                if (last > 2)
                    S.Store(epilogue.Apply<S, T>(sum3, target + 3 * cRow, i + 3, j), target + 3 * cRow);
            }
        }
    }
}
