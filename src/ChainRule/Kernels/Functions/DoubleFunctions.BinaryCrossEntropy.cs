using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

internal static partial class DoubleFunctions
{
    /// <summary>-t log p - (1 - t) log(1 - p), no logarithm below <paramref name="least"/>, p counting as 0 below 0 and as 1 above 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V BinaryCrossEntropy<V>(V p, V t, double least) where V : struct, IBitLane<V, double>
    {
        V one = V.Constant(1), zero = V.Constant(0);
        p = V.Max(V.Min(p, one), zero);
        V yes = -V.Max(V.Log(p), V.Constant(least)), no = -V.Max(V.Log1p(-p), V.Constant(least));

        // Two products, each with its rest, so that only the logarithms and the result are rounded.
        V first = t * yes, firstLow = V.Fma(t, yes, -first);
        V rest = SumOfAny(one, -t, out V restLow);
        V second = rest * no, secondLow = V.Fma(restLow, no, V.Fma(rest, no, -second));
        V y = SumOfAny(first, second, out V low);
        V all = y + (low + (firstLow + secondLow));
        return V.Select(V.Equal(all, all), all, y);
    }
}
