namespace ChainRule.Tests.Kernels.Reductions;

/// <summary>The fixed tree as its description says it, element by element, without any lanes.</summary>
internal static class TreeReference
{
    public static T Of<T>(ReadOnlySpan<T> x, Func<T, T, T> combine) =>
        x[0] is float or int ? Blocks(x, 1024, 16, combine) : Blocks(x, 512, 8, combine);

    private static T Blocks<T>(ReadOnlySpan<T> x, int block, int lanes, Func<T, T, T> combine)
    {
        var totals = new List<T>();
        for (int start = 0; start < x.Length; start += block)
            totals.Add(Block(x[start..Math.Min(start + block, x.Length)], lanes, combine));
        return Pairs(totals, combine);
    }

    private static T Block<T>(ReadOnlySpan<T> x, int lanes, Func<T, T, T> combine)
    {
        var totals = new List<T>();
        for (int lane = 0; lane < Math.Min(lanes, x.Length); lane++)
        {
            T total = x[lane];
            for (int i = lane + lanes; i < x.Length; i += lanes)
                total = combine(total, x[i]);
            totals.Add(total);
        }
        for (int half = lanes / 2; half >= 1; half /= 2)
        {
            for (int lane = 0; lane < half && lane + half < totals.Count; lane++)
                totals[lane] = combine(totals[lane], totals[lane + half]);
            totals = [.. totals.Take(half)];
        }
        return totals[0];
    }

    private static T Pairs<T>(List<T> totals, Func<T, T, T> combine)
    {
        if (totals.Count == 1)
            return totals[0];
        int first = 1;
        while (2 * first < totals.Count)
            first *= 2;
        return combine(Pairs(totals[..first], combine), Pairs(totals[first..], combine));
    }
}
