namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Attention =>
    [
        new("ScaledDotProductAttention", null,
            Attend([2, 3], [4, 3], [4, 2], (q, k, v, _) => q.ScaledDotProductAttention(k, v)),
            Attend([2, 3, 2], [3, 2], [1, 3, 2], (q, k, v, _) => q.ScaledDotProductAttention(k, v, isCausal: true), sees: (i, j, _) => j <= i),
            Attend([2, 2], [4, 2], [4, 1], (q, k, v, _) => q.ScaledDotProductAttention(k, v, isCausal: true, scale: 0.3), 0.3, (i, j, _) => j <= i),
            // The second query sees nothing, and nobody sees the third place.
            Attend([3, 2], [3, 2], [3, 2], (q, k, v, mask) => q.ScaledDotProductAttention(k, v, mask), sees: (_, _, mask) => mask != 0, given: Operand.Truth([3, 3], true, true, false, false, false, false, false, true, false)),
            Attend([2, 2, 2], [2, 2, 2], [2, 2, 2], (q, k, v, mask) => q.ScaledDotProductAttention(k, v, mask), sees: (_, _, mask) => mask != 0, given: Operand.Truth([2, 1, 2], true, false, true, true)),
            Attend([2, 2], [2, 2], [2, 2], (q, k, v, mask) => q.ScaledDotProductAttention(k, v, mask), sees: (_, _, mask) => mask != 0, given: Operand.Truth([2, 1, 2], false, true, true, true)),
            Attend([2, 2], [3, 2], [3, 2], (q, k, v, mask) => q.ScaledDotProductAttention(k, v, mask, isCausal: true), sees: (i, j, _) => j <= i, given: Operand.Of([3]), adds: true),
            Attend([2, 0], [3, 0], [3, 2], (q, k, v, _) => q.ScaledDotProductAttention(k, v)),
            Attend([2, 2], [0, 2], [0, 3], (q, k, v, _) => q.ScaledDotProductAttention(k, v)),
            Attend([0, 2], [3, 2], [3, 2], (q, k, v, _) => q.ScaledDotProductAttention(k, v, isCausal: true)))
        { Large = [[3, 120, 20], [130, 20], [3, 130, 70]] },
    ];

    /// <summary>Queries, keys, values and perhaps a mask, which the reference sees as a function of query, place and the mask's element there.</summary>
    private static Variant Attend(Shape q, Shape k, Shape v, Func<Tensor, Tensor, Tensor, Tensor, Tensor> function, double? scale = null, Func<long, long, double, bool>? sees = null, Operand? given = null, bool adds = false)
    {
        Operand[] operands = [Operand.Of(q), Operand.Of(k), Operand.Of(v), .. given is null ? Array.Empty<Operand>() : [given]];
        double factor = scale ?? 1 / Math.Sqrt(Math.Max(q[^1], 1));
        return new(x => function(x[0], x[1], x[2], given is null ? null! : x[3]), x =>
        {
            long[] batch = [.. Shape.Broadcast(Shape.Broadcast(Leading(x[0].Sizes), Leading(x[1].Sizes), "batch"), Shape.Broadcast(Leading(x[2].Sizes), given is null ? [] : Leading(x[3].Sizes), "batch"), "batch")];
            return Grid.Of([.. batch, q[^2], v[^1]], place =>
            {
                double Mask(long j) => given is null ? 0 : x[3].Stretched([.. place[..^1], j]);
                double[] scores = [.. Enumerable.Range(0, (int)k[^2]).Select(j => sees is null || sees(place[^2], j, Mask(j))
                    ? factor * Dot((int)q[^1], e => x[0].Stretched([.. place[..^1], e]) * x[1].Stretched([.. place[..^2], j, e])) + (adds ? Mask(j) : 0)
                    : double.NegativeInfinity)];
                double sum = scores.Sum(Math.Exp);
                return sum == 0 ? 0 : Dot(scores.Length, j => Math.Exp(scores[j]) / sum * x[2].Stretched([.. place[..^2], j, place[^1]]));
            });
        }, operands);
    }

    private static Shape Leading(long[] sizes) => Shape.Create(sizes.AsSpan()[..Math.Max(sizes.Length - 2, 0)]);
}
