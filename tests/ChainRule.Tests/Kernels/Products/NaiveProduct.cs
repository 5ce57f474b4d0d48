using System.Numerics;

namespace ChainRule.Tests.Kernels.Products;

/// <summary>The contract of a matrix product, spelled out one element at a time.</summary>
internal static class NaiveProduct
{
    /// <summary>Sums of 256 terms each start at zero, take their terms in order by fused multiply-adds, and are added up in order.</summary>
    public static T Element<T>(Func<int, T> a, Func<int, T> b, int k) where T : IFloatingPointIeee754<T>
    {
        T total = T.Zero;
        for (int start = 0; start < k; start += 256)
        {
            T sum = T.Zero;
            for (int p = start; p < Math.Min(start + 256, k); p++)
                sum = T.FusedMultiplyAdd(a(p), b(p), sum);
            total = start == 0 ? sum : total + sum;
        }
        return total;
    }
}
